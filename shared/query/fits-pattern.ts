import type { Pattern } from './ast.ts';

/**
 * Whether a whole text fits a pattern whose stars stand for any text, capitals as written; fold both where those do not count.
 * Cost: one search per piece; taking the first place for each is enough, since a star takes whatever lies between.
 */
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
