import { nextToken, type Token } from '../../intake/operations/graphql-tokens.ts';

/** What a GraphQL document asks its server to do. */
export interface Outline {
  /** Deepest selection, the root being 1. */
  readonly depth: number;
  readonly fields: number;
  /** How often each field is asked for under another name. */
  readonly aliases: ReadonlyMap<string, number>;
  /** Fields times the sizes of the lists around them. */
  readonly cost: number;
  readonly introspects: boolean;
}

/** Characters of a document that are looked at. */
const MAX_DOCUMENT = 64 * 1024;
const MAX_COST = 1e12;
const ALIAS = /[\s,]*:/y;
const LIST_SIZE = /^(?:first|last|limit|size|take|count|per_?page|page_?size)$/i;
const NUMBER = /[\s,]*:\s*(\d{1,9})/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

interface Walk {
  parens: number;
  depth: number;
  fields: number;
  deepest: number;
  cost: number;
  introspects: boolean;
  /** Product of the sizes of the lists around here, one for each open selection. */
  readonly sizes: number[];
  /** Size that an argument of the field just read asks for. */
  size: number;
  isAliased: boolean;
  /** What the token before was, where it says what a name means. */
  after: 'at' | 'spread' | 'on' | undefined;
  readonly aliases: Map<string, number>;
}

function takeMark(walk: Walk, mark: string): void {
  if (mark === '(' || mark === '[') walk.parens += 1;
  else if (mark === ')' || mark === ']') walk.parens = Math.max(0, walk.parens - 1);
  else if (walk.parens > 0) return;
  else if (mark === '{') {
    walk.depth += 1;
    walk.deepest = Math.max(walk.deepest, walk.depth);
    walk.sizes.push(Math.min(MAX_COST, (walk.sizes.at(-1) ?? 1) * walk.size));
    walk.size = 1;
  } else if (mark === '}') {
    walk.depth = Math.max(0, walk.depth - 1);
    walk.sizes.pop();
    walk.size = 1;
  }
  walk.after = mark === '@' ? 'at' : undefined;
}

function takeName(walk: Walk, text: string, token: Token): void {
  const name = text.slice(token.start, token.end);
  const { after } = walk;
  walk.after = after === 'spread' && name === 'on' ? 'on' : undefined;
  if (walk.parens > 0) {
    const asked = LIST_SIZE.test(name) ? matchAt(NUMBER, text, token.end)?.[1] : undefined;
    if (asked !== undefined) walk.size = Math.max(walk.size, Number(asked));
    return;
  }
  if (walk.depth === 0 || after !== undefined) return;
  if (matchAt(ALIAS, text, token.end) !== null) {
    walk.isAliased = true;
    return;
  }
  walk.fields += 1;
  walk.size = 1;
  walk.cost = Math.min(MAX_COST, walk.cost + (walk.sizes.at(-1) ?? 1));
  if (name === '__schema' || name === '__type') walk.introspects = true;
  if (walk.isAliased) walk.aliases.set(name, (walk.aliases.get(name) ?? 0) + 1);
  walk.isAliased = false;
}

/**
 * Outlines a GraphQL document: how deep, how many fields, under how many names, how much it can come to. Fragments count where they are written.
 * Example: `{a: login(p: 1) {ok} b: login(p: 2) {ok}}` has depth 2, 4 fields and `login` under 2 names.
 * Cost: one pass over at most `MAX_DOCUMENT` characters.
 */
export function outlineOf(document: string): Outline {
  const text = document.slice(0, MAX_DOCUMENT);
  const walk: Walk = { parens: 0, depth: 0, fields: 0, deepest: 0, cost: 0, introspects: false, sizes: [], size: 1, isAliased: false, after: undefined, aliases: new Map() }; // prettier-ignore
  const token: Token = { kind: 'end', start: 0, end: 0 };
  for (;;) {
    nextToken(text, token);
    if (token.kind === 'end') break;
    if (token.kind === 'mark') takeMark(walk, text.charAt(token.start));
    else if (token.kind === 'spread') walk.after = 'spread';
    else if (token.kind === 'name') takeName(walk, text, token);
  }
  return { depth: walk.deepest, fields: walk.fields, aliases: walk.aliases, cost: walk.cost, introspects: walk.introspects };
}
