import type { QueryNode } from './ast.ts';
import { labelOf } from './label.ts';
import { parseClauses } from './parse.ts';

/** One of the conditions that must all hold, as the analyst wrote it. Units: UTF-16 code units; `to` is excluded. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  /** Exactly what stands between `from` and `to`. */
  readonly text: string;
  readonly node: QueryNode;
  readonly negated: boolean;
  /** A few words for a chip: `status ≥ 400`. Holds captured text. */
  readonly label: string;
  /** True when the text is `a or b` without parentheses. */
  readonly isOpenOr: boolean;
}

/** A clause in a query that is being put together, and the one of the old query that it was; `undefined` when it is new. */
interface Part {
  readonly text: string;
  readonly node: QueryNode;
  readonly was: number | undefined;
}

/**
 * The conditions of a query that must all hold, in the order of the text, with their places in it.
 * Shape: between two of them stand only blanks and `and`; a query that is one `or` is one clause; empty for a query that
 *        cannot be understood and for one that asks for every call.
 */
export function listClauses(text: string): readonly Clause[] {
  const parsed = parseClauses(text);
  if (!parsed.ok) return [];
  const [first] = parsed.clauses;
  if (parsed.clauses.length === 1 && first?.node.kind === 'all') return [];
  return parsed.clauses.map((clause) => ({
    ...clause,
    text: text.slice(clause.from, clause.to),
    negated: clause.node.kind === 'not',
    label: labelOf(clause.node),
  }));
}

/** The query without one of its clauses; the rest stays as it was typed. */
export function removeClause(text: string, index: number): string {
  const parts = partsOf(text);
  return rebuild(
    text,
    parts.filter((part) => part.was !== index),
  );
}

/** The query with one clause turned into its opposite: `not` or `-` is put before it or taken away. */
export function negateClause(text: string, index: number): string {
  const clause = listClauses(text)[index];
  if (clause === undefined) return text;
  const node: QueryNode = clause.node.kind === 'not' ? clause.node.item : { kind: 'not', item: clause.node };
  return withPart(text, index, { text: negateText(clause), node, was: index });
}

/**
 * The query with another text in place of one clause; in parentheses when the text is an `or` that others stand beside.
 * An empty text removes the clause; one that cannot be understood changes nothing.
 */
export function replaceClause(text: string, index: number, clause: string): string {
  if (clause.trim() === '') return removeClause(text, index);
  const added = listClauses(clause);
  const parts = partsOf(text);
  if (added.length === 0 || parts[index] === undefined) return text;
  // The first takes the place of the old one, and what stood around it.
  const news = toParts(added, parts.length > 1).map((part, position) => (position === 0 ? { ...part, was: index } : part));
  return rebuild(text, [...parts.slice(0, index), ...news, ...parts.slice(index + 1)]);
}

/** The query with one clause moved to where another stands. */
export function moveClause(text: string, from: number, to: number): string {
  const parts = [...partsOf(text)];
  const [moved] = parts.splice(from, 1);
  if (moved === undefined || from < 0 || to < 0 || to > parts.length) return text;
  parts.splice(to, 0, moved);
  return rebuild(text, parts);
}

/** One clause of the query as a query of its own. */
export const isolateClause = (text: string, index: number): string => listClauses(text)[index]?.text ?? text;

/** The query with one more clause behind the others; a query that asks for every call or cannot be understood is replaced by it. */
export function appendClause(text: string, clause: string): string {
  const clauses = listClauses(text);
  if (clauses.length === 0) return clause;
  const parts = toParts(clauses, true).map((part, was) => ({ ...part, was }));
  return rebuild(text, [...parts, ...toParts(listClauses(clause), true)]);
}

const partsOf = (text: string): readonly Part[] => listClauses(text).map(({ text: typed, node }, was) => ({ text: typed, node, was }));

const toParts = (clauses: readonly Clause[], isJoined: boolean): readonly Part[] =>
  clauses.map((clause) => ({
    text: clause.isOpenOr && isJoined ? inParentheses(clause.text) : clause.text,
    node: clause.node,
    was: undefined,
  }));

const withPart = (text: string, index: number, part: Part): string =>
  rebuild(
    text,
    partsOf(text).map((old, position) => (position === index ? part : old)),
  );

/**
 * Puts parts together with what stood between them in the old text. Where that would be read differently (`status` before
 * `>=5`, `case.start` before `-5m`), `and` stands between all; a query that would be too long or too deep stays as it was.
 */
function rebuild(text: string, parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const wanted = JSON.stringify(parts.map((part) => part.node));
  const kept = join(text, parts);
  const plain = (): string => parts.map((part, index) => (index < parts.length - 1 ? sealed(part.text) : part.text)).join(' and ');
  return [kept, plain()].find((candidate) => nodesOf(candidate) === wanted) ?? text;
}

function nodesOf(text: string): string {
  const parsed = parseClauses(text);
  return parsed.ok ? JSON.stringify(parsed.clauses.map((clause) => clause.node)) : '';
}

function join(text: string, parts: readonly Part[]): string {
  const old = listClauses(text);
  const gaps = old.map((clause, index) => text.slice(clause.to, old[index + 1]?.from ?? clause.to));
  const head = text.slice(0, old[0]?.from ?? 0);
  const tail = text.slice(old.at(-1)?.to ?? text.length);
  let out = head;
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (next === undefined) out += part.text + tail;
    else if (part.was !== undefined && next.was === part.was + 1) out += part.text + (gaps[part.was] ?? ' and ');
    // New neighbours: what stood behind the one, with blanks on both sides, or `and` where nothing stood.
    else out += sealed(part.text) + spaced(next.was === undefined ? ' and ' : (gaps[Math.min(index, gaps.length - 2)] ?? ''));
  });
  return out;
}

const spaced = (gap: string): string => `${/^\s/.test(gap) ? '' : ' '}${gap}${/\S$/.test(gap) ? ' ' : ''}`;

/** A backslash at the end of a query is itself; before a blank or a parenthesis it would make that a part of the value. */
const sealed = (text: string): string => ((/(?<!\\)\\*$/.exec(text)?.[0].length ?? 0) % 2 === 1 ? `${text}\\` : text);

/** In parentheses; a value such as `/users(1` would take the closing one for its own, so a blank keeps it off. */
function inParentheses(text: string): string {
  const close = sealed(text);
  return parseClauses(`(${close})`).ok ? `(${close})` : `(${close} )`;
}

function negateText({ text, node, isOpenOr }: Pick<Clause, 'text' | 'node' | 'isOpenOr'>): string {
  if (isOpenOr) return `not ${inParentheses(text)}`;
  if (node.kind !== 'not') return /^\S*$/.test(text) ? `-${text}` : `not ${text}`;
  if (text.startsWith('-')) return text.slice(1);
  if (/^not(?=[\s()"])/i.test(text)) return text.slice('not'.length).trimStart();
  // `status != 200`, which is a negation without the word.
  if (!text.startsWith('(')) return text.replace(/!=/, '=');
  return `(${negateText({ text: text.slice(1).trimStart(), node, isOpenOr })}`;
}
