import type { Pattern } from './ast.ts';

/**
 * Whether a whole text fits a pattern whose stars stand for any text.
 * Cost: one search per piece; taking the first place for each is enough, since a star takes whatever lies between.
 */
export function fitsPattern(pattern: Pattern, text: string, isCaseless: boolean): boolean {
  const fold = (value: string): string => (isCaseless ? value.toLowerCase() : value);
  const folded = fold(text);
  const [first = '', ...rest] = pattern.map(fold);
  const last = rest.pop();
  if (last === undefined) return folded === first;
  if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
  let at = first.length;
  const end = folded.length - last.length;
  for (const piece of rest) {
    const found = folded.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
