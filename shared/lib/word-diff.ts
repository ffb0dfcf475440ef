/** A stretch of two texts put on top of each other: in both, only in the older, or only in the newer. */
export interface WordPiece {
  readonly state: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Words, runs of blanks, and every other sign by itself. */
const WORD = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
/** Cells of the table of common words: 2 MB. Larger differences are told as one that is gone and one that is new. */
const MAX_CELLS = 1_000_000;

/** Lengths of the longest common rows of words from each pair of places to the ends. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[row] === after[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
  return lengths;
}

/** What differs between two rows of words that share neither begin nor end. */
function diffMiddle(before: readonly string[], after: readonly string[]): readonly WordPiece[] {
  if (before.length * after.length > MAX_CELLS)
    return [{ state: 'gone', text: before.join('') }, { state: 'new', text: after.join('') }]; // prettier-ignore
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const pieces: WordPiece[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      pieces.push({ state: 'same', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || (lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0))) {
      pieces.push({ state: 'gone', text: old });
      row += 1;
    } else {
      pieces.push({ state: 'new', text: fresh ?? '' });
      column += 1;
    }
  }
  return pieces;
} // prettier-ignore

/** Neighbours of one state made one piece. */
function joined(pieces: readonly WordPiece[]): readonly WordPiece[] {
  const out: { state: WordPiece['state']; text: string }[] = [];
  for (const { state, text } of pieces) {
    const last = out.at(-1);
    if (text === '') continue;
    if (last?.state === state) last.text += text;
    else out.push({ state, text });
  }
  return out;
}

/**
 * Compares two texts word by word. `a b c` and `a x c` give `a `, gone `b`, new `x`, ` c`.
 * Shape:  `same` and `gone` make up the older text, `same` and `new` the newer one.
 * Source: longest common subsequence by dynamic programming (Wagner and Fischer 1974), after equal begins and ends are taken off.
 * Cost:   quadratic in the words between, at most `MAX_CELLS`.
 */
export function diffWords(older: string, newer: string): readonly WordPiece[] {
  const before: readonly string[] = older.match(WORD) ?? [];
  const after: readonly string[] = newer.match(WORD) ?? [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return joined([
    { state: 'same', text: before.slice(0, start).join('') },
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    { state: 'same', text: before.slice(before.length - end).join('') },
  ]);
}
