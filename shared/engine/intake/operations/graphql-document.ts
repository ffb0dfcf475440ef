import { append } from '../../../lib/append.ts';
import { nextToken, type Token } from './graphql-tokens.ts';

/** One operation of a GraphQL document. */
export interface GraphqlOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly name: string | undefined;
  /** Fields asked of the root, each once, in order; those behind fragments too. */
  readonly fields: readonly string[];
}

/** What stands behind this is not read: documents are written by hand or by a code generator, and name what they do at once. Units: characters. */
export const MAX_DOCUMENT = 64 * 1024;
/** Operations and fragments of one document that are kept. */
const MAX_DEFINITIONS = 50;
const MAX_FIELDS = 20;

interface Definition {
  readonly type: GraphqlOperation['type'] | 'fragment' | 'other';
  name: string | undefined;
  readonly fields: string[];
  readonly spreads: string[];
  isBroken: boolean;
  /** True from its first brace on. */
  isOpen: boolean;
}

const TYPES: Readonly<Record<string, Definition['type']>> = {
  query: 'query',
  mutation: 'mutation',
  subscription: 'subscription',
  fragment: 'fragment',
};

const newDefinition = (type: Definition['type']): Definition => ({
  type,
  name: undefined,
  fields: [],
  spreads: [],
  isBroken: false,
  isOpen: false,
});

/**
 * Finds the operations of a GraphQL document: type, name and fields of the root, nothing else. Not a validator: what follows a broken or
 * cut-off place is left out. A text that is no GraphQL (a search word, JSON) gives none.
 * Cost:   one pass without recursion; `MAX_DOCUMENT` characters at most.
 * Source: GraphQL specification, September 2025, 2.1 "Source Text" and 2.3 "Operations".
 */
export function listGraphqlOperations(text: string): readonly GraphqlOperation[] {
  const definitions = readDefinitions(text.length > MAX_DOCUMENT ? text.slice(0, MAX_DOCUMENT) : text);
  const fragments = new Map(definitions.filter(({ type }) => type === 'fragment').map((each) => [each.name, each]));
  return definitions.flatMap(({ type, name, fields, spreads, isBroken }) => {
    if (type === 'fragment' || type === 'other' || isBroken) return [];
    const all = [...new Set([...fields, ...fieldsOfSpreads(spreads, fragments)])];
    return all.length === 0 ? [] : [{ type, name, fields: all.slice(0, MAX_FIELDS) }];
  });
}

function fieldsOfSpreads(spreads: readonly string[], fragments: ReadonlyMap<string | undefined, Definition>): readonly string[] {
  const fields: string[] = [];
  const seen = new Set<string>();
  const waiting = [...spreads];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const fragment = fragments.get(name);
    append(fields, fragment?.fields ?? []);
    append(waiting, fragment?.spreads ?? []);
  }
  return fields;
}

/** Where the reader stands inside of a definition. */
interface Place {
  braces: number;
  /** Open parentheses and brackets: inside are arguments, types and default values. */
  parens: number;
  /** Inline fragments of the root around here: their fields are the root's. */
  inline: number;
  /** What the token before was, where it says what a name means. */
  after: 'keyword' | 'at' | 'spread' | 'on' | 'colon' | undefined;
  /** True between `...` and the brace of an inline fragment. */
  isSpreading: boolean;
}

function readDefinitions(text: string): readonly Definition[] {
  const found: Definition[] = [];
  const place: Place = { braces: 0, parens: 0, inline: 0, after: undefined, isSpreading: false };
  const token: Token = { kind: 'end', start: 0, end: 0 };
  let current: Definition | undefined;
  while (found.length <= MAX_DEFINITIONS) {
    nextToken(text, token);
    if (token.kind === 'end') return found;
    if (current === undefined) {
      // A description may stand before a definition of a schema; nothing else may.
      if (token.kind === 'string') continue;
      current = newDefinition(typeOf(text, token));
      if (current.type === 'other' && found.length === 0) return found;
      found.push(current);
      Object.assign(place, { parens: 0, inline: 0, after: 'keyword', isSpreading: false });
      if (token.kind === 'name') continue;
    }
    if (token.kind === 'mark') takeMark(current, place, text.charAt(token.start));
    else if (place.parens > 0) continue;
    else if (token.kind === 'string') current.isBroken = true;
    else if (place.braces > 1 + place.inline)
      // What stands below the root's fields is skipped; most of a document does.
      place.after = undefined;
    else if (token.kind === 'name') takeName(current, place, text.slice(token.start, token.end));
    else Object.assign(place, { after: 'spread', isSpreading: true });
    if (current.isOpen && place.braces === 0) current = undefined;
  }
  return found;
}

function typeOf(text: string, { kind, start, end }: Token): Definition['type'] {
  if (kind === 'mark') return text.charAt(start) === '{' ? 'query' : 'other';
  const word = text.slice(start, end);
  return Object.hasOwn(TYPES, word) ? (TYPES[word] ?? 'other') : 'other';
}

const isAtRoot = ({ braces, inline }: Place): boolean => braces === 1 + inline;

function takeName(definition: Definition, place: Place, name: string): void {
  const { after } = place;
  place.after = undefined;
  if (place.braces === 0) {
    if (after === 'keyword') definition.name = name;
    return;
  }
  if (after === 'at' || after === 'on') return;
  if (after === 'spread' && name === 'on') {
    place.after = 'on';
    return;
  }
  place.isSpreading = false;
  if (!isAtRoot(place)) return;
  if (after === 'spread') {
    if (definition.spreads.length < MAX_FIELDS) definition.spreads.push(name);
    return;
  }
  // A field behind an alias takes its place.
  if (after === 'colon') definition.fields.pop();
  if (definition.fields.length < MAX_FIELDS) definition.fields.push(name);
}

function takeMark(definition: Definition, place: Place, mark: string): void {
  if (mark === '(' || mark === '[') place.parens += 1;
  else if (mark === ')' || mark === ']') place.parens = Math.max(0, place.parens - 1);
  else if (place.parens > 0) return;
  else if (mark === '{') openBrace(definition, place);
  else if (mark === '}') {
    place.braces = Math.max(0, place.braces - 1);
    place.inline = Math.min(place.inline, Math.max(0, place.braces - 1));
    place.after = undefined;
  } else if (mark === '@') place.after = 'at';
  else if (mark === ':') {
    if (isAtRoot(place)) place.after = 'colon';
  } else if (place.braces > 0) definition.isBroken = true;
}

function openBrace(definition: Definition, place: Place): void {
  // What looks like an object of another language is no selection.
  if (place.after === 'colon') definition.isBroken = true;
  if (place.isSpreading && isAtRoot(place)) place.inline += 1;
  place.braces += 1;
  definition.isOpen = true;
  place.after = undefined;
  place.isSpreading = false;
}
