/**
 * Cuts a stretch of a line at single spaces; `"…"` and `[…]` count as one field, without their marks.
 * Shape:  a mark ends a field only where a space or the end follows it; one without an end takes the rest.
 * Example: `a "b c" [d e] f` is a, b c, d e, f; `[::1]:443` stays whole.
 */
export function splitFields(text: string): readonly string[] {
  const fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    const first = text[at];
    const end = first === '"' ? findMark(text, '"', at + 1) : first === '[' ? findMark(text, ']', at + 1) : -1;
    if (end !== -1 || first === '"') {
      const until = end === -1 ? text.length : end;
      fields.push(text.slice(at + 1, until));
      at = until + 2;
      continue;
    }
    const space = text.indexOf(' ', at);
    const until = space === -1 ? text.length : space;
    fields.push(text.slice(at, until));
    at = until + 1;
  }
  return fields;
}

/** The mark that ends a field; for brackets the first one decides, as no text of the kind holds another. */
function findMark(text: string, mark: string, from: number): number {
  for (let end = text.indexOf(mark, from); end !== -1; end = text.indexOf(mark, end + 1)) {
    if (end + 1 === text.length || text[end + 1] === ' ') return end;
    if (mark === ']') return -1;
  }
  return -1;
}

/** A line around the two texts that a client chooses: AWS does not escape quotes in them. */
interface CutLine {
  /** Fields before the request. */
  readonly before: readonly string[];
  readonly request: string;
  /** What follows the request's closing quote and a space. */
  readonly after: string;
}

/**
 * Cuts a line at its request, the first text in quotes.
 * Shape: `follows` is tried on what stands after each quote and a space, and says which quote is the closing one.
 */
export function cutAtRequest(line: string, follows: RegExp): CutLine | undefined {
  const requestAt = line.indexOf(' "') + 2;
  if (requestAt === 1) return undefined;
  for (let end = line.indexOf('" ', requestAt); end !== -1; end = line.indexOf('" ', end + 1)) {
    follows.lastIndex = end + 2;
    if (!follows.test(line)) continue;
    return { before: splitFields(line.slice(0, requestAt - 2)), request: line.slice(requestAt, end), after: line.slice(end + 2) };
  }
  return undefined;
}
