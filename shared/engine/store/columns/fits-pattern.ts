import type { Pattern } from '../../../query/ast.ts';

/** Whether a text begins with a pattern's first piece, ends with its last and has those between in order; one piece is the whole text. */
export function fitsPattern(text: string, pattern: Pattern): boolean {
  const first = pattern[0] ?? '';
  const last = pattern.at(-1) ?? '';
  if (pattern.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pattern.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
