import { diffLines } from 'diff';

/** One line of a comparison: on both sides, or on one alone. */
export interface DiffLine {
  readonly kind: 'same' | 'left' | 'right';
  readonly text: string;
}

/** A run of equal lines between differences that is folded to a count. */
export interface DiffFold {
  readonly kind: 'fold';
  readonly lines: number;
}

/** Longest text of one side that is compared line by line. Units: UTF-16 code units. */
const COMPARED = 200_000;
/** Most lines that may differ before the comparison gives up; the cost grows with their square. */
const MOST_EDITS = 1000;
/** Equal lines kept on each side of a difference. */
const CONTEXT = 3;

/**
 * The lines of two texts, those that differ marked, long equal runs folded.
 * Errors: `undefined` when the texts are too long or too different to be compared line by line.
 */
export function compareLines(left: string, right: string): readonly (DiffLine | DiffFold)[] | undefined {
  if (left.length > COMPARED || right.length > COMPARED) return undefined;
  const changes = diffLines(withEnd(left), withEnd(right), { maxEditLength: MOST_EDITS });
  if (changes === undefined) return undefined;
  return changes.flatMap((change, index): readonly (DiffLine | DiffFold)[] => {
    const lines = change.value.replace(/\n$/, '').split('\n');
    if (change.added) return lines.map((text): DiffLine => ({ kind: 'right', text }));
    if (change.removed) return lines.map((text): DiffLine => ({ kind: 'left', text }));
    return fold(lines, index === 0, index === changes.length - 1);
  });
}

// A last line without a line feed would differ from the same line with one.
const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function fold(lines: readonly string[], isFirst: boolean, isLast: boolean): readonly (DiffLine | DiffFold)[] {
  const same = (texts: readonly string[]): readonly DiffLine[] => texts.map((text) => ({ kind: 'same', text }));
  const before = isFirst ? 0 : CONTEXT;
  const after = isLast ? 0 : CONTEXT;
  // One folded line takes as much room as the line itself.
  if (lines.length <= before + after + 1) return same(lines);
  return [
    ...same(lines.slice(0, before)),
    { kind: 'fold', lines: lines.length - before - after },
    ...same(after === 0 ? [] : lines.slice(-after)),
  ];
}
