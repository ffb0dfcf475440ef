import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toKnownText, toObject } from '../read/fields.ts';

/** Fields of the root types that are listed. */
const MAX_FIELDS = 500;

/** The three ways into a GraphQL service, and their fields. */
export type SchemaRoots = Readonly<Record<'query' | 'mutation' | 'subscription', readonly string[]>>;

/** Without what may hold braces and words that mean nothing: comments, descriptions, default texts. */
const withoutTexts = (text: string): string => text.replaceAll(/"""[\s\S]*?(?:"""|$)|"(?:[^"\\\r\n]|\\.)*"?|#[^\r\n]*/g, ' ');

/** The root fields of a schema in GraphQL's own language. Source: GraphQL specification, "Type System". */
export function readSdlRoots(text: string): SchemaRoots {
  const plain = withoutTexts(text);
  const declared = /\bschema\b[^{}]{0,2000}\{([^{}]*)\}/.exec(plain)?.[1] ?? '';
  const fieldsOf = (root: keyof SchemaRoots): readonly string[] => {
    const named = new RegExp(`\\b${root}\\s*:\\s*(\\w+)`).exec(declared)?.[1];
    const type = named ?? `${root[0]?.toUpperCase() ?? ''}${root.slice(1)}`;
    const fields: string[] = [];
    for (const { 0: opening, index } of plain.matchAll(new RegExp(`\\btype\\s+${type}\\b[^{}=]{0,2000}\\{`, 'g')))
      addFields(plain, index + opening.length, fields);
    return fields;
  };
  return { query: fieldsOf('query'), mutation: fieldsOf('mutation'), subscription: fieldsOf('subscription') };
}

/** Names before a colon, from behind an opening brace up to the one that closes it; what stands in parentheses are arguments. */
function addFields(text: string, from: number, fields: string[]): void {
  let depth = 0;
  let start = from;
  const outside: string[] = [];
  let at = from;
  for (; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '(') {
      if (depth === 0) outside.push(text.slice(start, at));
      depth += 1;
    } else if (letter === ')' && depth > 0) {
      depth -= 1;
      if (depth === 0) start = at + 1;
    } else if (letter === '}' && depth === 0) break;
  }
  if (depth === 0) outside.push(text.slice(start, at));
  for (const match of outside.join('').matchAll(/(?<![@\w])(\w{1,200})\s*:/g)) {
    if (fields.length === MAX_FIELDS) return;
    if (match[1] !== undefined) fields.push(match[1]);
  }
}

/** The root fields of an answer to the introspection query. Source: GraphQL specification, "Introspection". */
export function readIntrospectionRoots(schema: JsonObject): SchemaRoots {
  const types = Array.isArray(schema['types']) ? (schema['types'] as readonly Json[]).filter(isJsonObject) : [];
  const fieldsOf = (key: string): readonly string[] => {
    const name = toKnownText(toObject(schema[key])['name']);
    const fields = types.find((type) => name !== undefined && type['name'] === name)?.['fields'];
    return (Array.isArray(fields) ? (fields as readonly Json[]) : [])
      .flatMap((field) => toKnownText(toObject(field)['name']) ?? [])
      .slice(0, MAX_FIELDS);
  };
  return { query: fieldsOf('queryType'), mutation: fieldsOf('mutationType'), subscription: fieldsOf('subscriptionType') };
}
