/**
 * JSON text that depends on the value alone: keys sorted by UTF-16 code unit, no white space, `undefined` members left out.
 * Errors: a number that is not finite, a function or a symbol is the caller's bug and throws.
 * Source: RFC 8785 (JSON Canonicalization Scheme), sections 3.2.2 and 3.2.3: numbers and strings print as ECMAScript's
 *         `JSON.stringify` prints them. A lone surrogate becomes its `\udXXX` escape, where the standard would refuse.
 * Example: `{ b: 1, a: [2] }` gives `{"a":[2],"b":1}`.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`bug: ${String(value)} is no JSON number`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : object(value);
    default:
      throw new Error(`bug: a ${typeof value} is no JSON value`);
  }
}

// Not `JSON.stringify` with a replacer: an object that is built sorted still prints integer-like keys ("200") first.
function object(value: object): string {
  let text = '';
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

// Not `map` and `join`, which keep a text for each element of a long list until the end.
function list(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += `${text === '' ? '' : ','}${canonicalJson(value)}`;
  return `[${text}]`;
}
