import type { Cell } from './blocks.ts';
import type { ReportView } from './section.ts';
import { code, count, link, text } from './text.ts';

/** The anchor of a source's row in the annex of files. */
export const sourceAnchor = (index: number): string => `file-${String(index + 1)}`;

/** The short name of a source on pages: `E3` is the third of the list of files. */
export const sourceName = (index: number): string => `E${String(index + 1)}`;

/** More runs than these are not told one by one. */
const TOLD_RUNS = 4;

/** Sources by their short names, those that follow each other as one run. Shape: `indices` ascending. Example: `E2–E8, E12`. */
export function sourceRuns(indices: readonly number[]): Cell {
  const runs: { readonly first: number; last: number }[] = [];
  for (const index of indices) {
    const run = runs.at(-1);
    if (run?.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index });
  }
  const name = (index: number): Cell[number] => link(sourceAnchor(index), sourceName(index));
  const rest = runs.slice(TOLD_RUNS).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    ...runs
      .slice(0, TOLD_RUNS)
      .flatMap(({ first, last }, at): Cell => [
        ...(at === 0 ? [] : [text(', ')]),
        name(first),
        ...(first === last ? [] : [text(last === first + 1 ? ', ' : '–'), name(last)]),
      ]),
    ...(rest === 0 ? [] : [text(` and ${count(rest)} more`)]),
  ];
}

/**
 * References as pages print them: the number of the file in the annex of files, then the record; the whole name stands there once, so that
 * no column has to break it.
 */
export function sourceRefs(view: Pick<ReportView, 'json'>): (ref: string) => Cell {
  const numbers = new Map(view.json.sources.map(({ name }, index) => [name, index]));
  return (ref) => {
    const mark = ref.lastIndexOf('#');
    const index = numbers.get(ref.slice(0, mark));
    if (index === undefined) return [code(ref)];
    const short = sourceName(index);
    return [link(sourceAnchor(index), short), code(ref.slice(mark))];
  };
}
