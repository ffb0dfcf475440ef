const SPACE = 0x20;
const QUOTE = 0x22;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;

/**
 * Cuts a line of AWS into its fields at single spaces; `"…"` and `[…]` count as one field, without their marks.
 * Shape:  a quotation ends where a space or the line's end follows its quote; what is inside is not escaped by every service, so
 *         a quote elsewhere belongs to the text. One without an end takes the rest of the line.
 * Example: `a "b c" [d e] f` is a, b c, d e, f.
 */
export function splitFields(line: string): readonly string[] {
  const fields: string[] = [];
  let at = 0;
  while (at < line.length) {
    const first = line.charCodeAt(at);
    const end = first === QUOTE ? findQuote(line, at + 1) : first === BRACKET ? line.indexOf(']', at) : -1;
    if (first === QUOTE || (first === BRACKET && end !== -1)) {
      const until = end === -1 ? line.length : end;
      fields.push(line.slice(at + 1, until));
      at = until + 2;
      continue;
    }
    const space = line.indexOf(' ', at);
    const until = space === -1 ? line.length : space;
    fields.push(line.slice(at, until));
    at = until + 1;
  }
  return fields;
}

function findQuote(line: string, from: number): number {
  for (let end = line.indexOf('"', from); end !== -1; end = line.indexOf('"', end + 1)) {
    if (line.charCodeAt(end - 1) === BACKSLASH && end > from) continue;
    if (end + 1 === line.length || line.charCodeAt(end + 1) === SPACE) return end;
  }
  return -1;
}
