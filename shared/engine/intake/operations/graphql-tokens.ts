/** A token of GraphQL and where it stands. Units: UTF-16 code units. */
export interface Token {
  kind: 'name' | 'spread' | 'string' | 'mark' | 'end';
  start: number;
  end: number;
}

const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const DOT = 46;
const BACKSLASH = 92;
const SPACE = 32;
const BYTE_ORDER_MARK = 0xfeff;

const isNamePart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/**
 * Moves `token` to the one that follows it. Blanks, commas, byte order marks and comments mean nothing; every other letter is a mark.
 * A string that nobody closes ends with its line, a block string with the text: no text is read twice.
 * Source: GraphQL specification, September 2025, 2.1.
 */
export function nextToken(text: string, token: Token): void {
  let at = skipIgnored(text, token.end);
  token.start = at;
  if (at >= text.length) {
    token.kind = 'end';
    token.end = at;
    return;
  }
  const code = text.charCodeAt(at);
  if (isNamePart(code) && !isDigit(code)) {
    do at += 1;
    while (at < text.length && isNamePart(text.charCodeAt(at)));
    token.kind = 'name';
  } else if (code === QUOTE) {
    at = text.startsWith('"""', at) ? endOfBlock(text, at + 3) : endOfString(text, at + 1);
    token.kind = 'string';
  } else if (code === DOT && text.startsWith('...', at)) {
    at += 3;
    token.kind = 'spread';
  } else {
    at += 1;
    token.kind = 'mark';
  }
  token.end = at;
}

function skipIgnored(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === HASH) while (at + 1 < text.length && !isLineEnd(text.charCodeAt(at + 1))) at += 1;
    else if (code > SPACE && code !== COMMA && code !== BYTE_ORDER_MARK) return at;
  }
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (isLineEnd(code)) return at;
    if (code === BACKSLASH && !isLineEnd(text.charCodeAt(at + 1))) at += 1;
  }
  return text.length;
}

function endOfBlock(text: string, from: number): number {
  let at = text.indexOf('"""', from);
  // Three quotes behind a backslash are a part of the text.
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at = text.indexOf('"""', at + 3);
  return at < 0 ? text.length : at + 3;
}
