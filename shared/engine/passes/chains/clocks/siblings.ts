import { numberAt } from '../../../../lib/numbers.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import type { CallColumns } from '../call-columns.ts';
import { logOf, type SourceView } from '../twins/source-views.ts';

/** Two files of one log whose clocks differ by more were written by two hosts, or somebody set the clock between them. Units: µs. */
const STEADY = 30 * 1_000_000;

/** A file of a log, with how far its clock ran ahead at its two ends. Units: µs. */
interface Moved {
  readonly file: SourceView;
  readonly atFirst: number;
  readonly atLast: number;
}

/** By whole microseconds, as offsets are kept. */
function offsetBetween(before: Moved | undefined, after: Moved | undefined): number | undefined {
  if (before === undefined || after === undefined) return before?.atLast ?? after?.atFirst;
  return Math.abs(before.atLast - after.atFirst) <= STEADY ? Math.round((before.atLast + after.atFirst) / 2) : undefined;
}

/**
 * Moves files of a log that share too little with any other source, as its files before and after were moved: a clock that ran four minutes ahead
 * on Tuesday and on Thursday did so on Wednesday. Only where the files of the log follow each other in time, as one host writes them.
 * Shape:  `open` are the sources that nothing was measured for, `set` those that stand on the common clock. Times of `calls` change.
 * Errors: none; a log whose clock was set between two of its files keeps its times in between.
 */
export function setBySiblings(calls: CallColumns, open: readonly SourceView[], set: readonly SourceView[]): number {
  const files = new Map([...groupBy(set, logOf)].map(([log, list]) => [log, list.toSorted((a, b) => a.first - b.first)]));
  let moved = 0;
  for (const view of open) {
    const siblings = (files.get(logOf(view)) ?? []).map((file): Moved => {
      const [first = 0, last = first] = [file.timed[0], file.timed.at(-1)];
      return { file, atFirst: numberAt(calls.offset, first), atLast: numberAt(calls.offset, last) };
    });
    const isInRow = siblings.every(({ file }, place) => place === 0 || (siblings[place - 1]?.file.last ?? 0) <= file.first);
    const before = siblings.findLast(({ file }) => file.last <= view.first);
    const after = siblings.find(({ file }) => file.first >= view.last);
    const own = numberAt(calls.offset, view.timed[0] ?? 0);
    const offset = isInRow && siblings.length > 0 ? offsetBetween(before, after) : undefined;
    if (offset === undefined || offset === own) continue;
    for (const at of view.timed) {
      calls.start[at] = numberAt(calls.start, at) - (offset - own);
      calls.end[at] = numberAt(calls.end, at) - (offset - own);
      calls.offset[at] = offset;
    }
    moved += 1;
  }
  return moved;
}
