/** Where a runtime expression finds its value: a place of the request or of the answer of one call. */
export interface RuntimePlace {
  readonly side: 'request' | 'response';
  readonly in: 'header' | 'query' | 'path' | 'body';
  /** Name of the header or parameter; for bodies a JSON Pointer, empty for the whole. */
  readonly name: string;
}

const EXPRESSION = /^\$(request|response)\.(?:(header|query|path)\.([^{}]+)|body(?:#((?:\/[^{}]*)?))?)$/;

/**
 * Reads a runtime expression, alone or as `{$…}`; `undefined` for anything else: constants, texts with expressions inside, and what says
 * nothing of a value (`$url`, `$method`, `$statusCode`).
 * Example: `$response.body#/data/id` is the answer's body at `/data/id`.
 * Source: OpenAPI 3.1, "Runtime Expressions".
 */
export function parseRuntimeExpression(text: string): RuntimePlace | undefined {
  const plain = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  const match = EXPRESSION.exec(plain.trim());
  if (match === null) return undefined;
  const [, side, place, name, pointer = ''] = match;
  if (side !== 'request' && side !== 'response') return undefined;
  if (name === undefined) return { side, in: 'body', name: pointer };
  // Answers have neither query nor path.
  if (place === 'header') return { side, in: 'header', name: name.toLowerCase() };
  return side === 'request' && (place === 'query' || place === 'path') ? { side, in: place, name } : undefined;
}

/** The keys of a JSON Pointer. Source: RFC 6901, section 4. */
export const pointerKeys = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
