import { joinNodes, type QueryNode } from './ast.ts';
import { getField, type FieldName } from './fields.ts';
import { parseQuery } from './parse.ts';
import { printPattern, printQuery } from './print.ts';

/** One condition as text: `host:api.acme.test`, or `-host:…` to exclude. */
export function toClause(field: FieldName, value: string | number, exclude = false): string {
  const { type } = getField(field);
  const text = typeof value === 'number' ? String(value) : printPattern([value], false);
  const unit = type === 'duration' && typeof value === 'number' ? 'ms' : '';
  return `${exclude ? '-' : ''}${field}:${text}${unit}`;
}

/**
 * The query with one more condition that all results must meet; what is there stays as the analyst wrote it.
 * A condition that is there already is not added again; its opposite is replaced. A query that cannot be understood
 * is replaced by the condition.
 */
export function addClause(text: string, clause: string): string {
  const parsed = parseQuery(text);
  const added = parseQuery(clause);
  if (!parsed.ok || !added.ok || parsed.ast.kind === 'all') return clause;
  const printed = printQuery(added.ast);
  const opposite = printQuery(added.ast.kind === 'not' ? added.ast.item : { kind: 'not', item: added.ast });
  const clauses = clausesOf(parsed.ast);
  if (clauses.some((item) => printQuery(item) === printed)) return text;
  const kept = clauses.filter((item) => printQuery(item) !== opposite);
  if (kept.length < clauses.length) return kept.length === 0 ? clause : `${printQuery(joinNodes('and', kept))} and ${clause}`;
  return parsed.ast.kind === 'or' ? `(${text.trim()}) and ${clause}` : `${text.trim()} and ${clause}`;
}

/** The conditions that must all hold. */
export const clausesOf = (ast: QueryNode): readonly QueryNode[] => (ast.kind === 'and' ? ast.items : ast.kind === 'all' ? [] : [ast]);

/** The query without one of its conditions. */
export function withoutClause(ast: QueryNode, index: number): string {
  const kept = clausesOf(ast).filter((_, position) => position !== index);
  return kept.length === 0 ? '' : printQuery(joinNodes('and', kept));
}

const isTime = (node: QueryNode): boolean => node.kind === 'compare' && node.field === 'time';

/** The query limited to a stretch of time; an earlier limit is replaced, since a brush moves. Units: µs; `to` is excluded. */
export function withTimeSpan(ast: QueryNode, from: number, to: number): string {
  return printQuery(
    joinNodes('and', [
      ...clausesOf(ast).filter((clause) => !isTime(clause)),
      { kind: 'compare', field: 'time', op: '>=', value: from },
      { kind: 'compare', field: 'time', op: '<', value: to },
    ]),
  );
}

/** The query without its limits of time. */
export function withoutTimeSpan(ast: QueryNode): string {
  const kept = clausesOf(ast).filter((clause) => !isTime(clause));
  return kept.length === 0 ? '' : printQuery(joinNodes('and', kept));
}

/** The stretch of time that a query is limited to, as far as its own conditions say. Units: µs. */
export function timeSpanOf(ast: QueryNode): { readonly from: number | undefined; readonly to: number | undefined } {
  let from: number | undefined;
  let to: number | undefined;
  for (const clause of clausesOf(ast)) {
    if (clause.kind !== 'compare' || clause.field !== 'time') continue;
    if (clause.op === '>=' || clause.op === '>') from = clause.value;
    if (clause.op === '<' || clause.op === '<=') to = clause.value;
  }
  return { from, to };
}
