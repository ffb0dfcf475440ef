import { numberAt } from '../../../../lib/numbers.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { joinLogs, kindOfLog } from '../../../../model/log-files.ts';
import type { CallColumns } from '../call-columns.ts';
import type { SourceView } from '../twins/source-views.ts';

/** Two files of one log whose clocks differ by more were written by two hosts, or somebody set the clock between them. Units: µs. */
const STEADY = 30 * 1_000_000;

/** How far the clock of a file ran ahead at its two ends. Units: µs. */
interface Moved {
  readonly atFirst: number;
  readonly atLast: number;
}

function movedBy(calls: CallColumns, file: SourceView | undefined): Moved | undefined {
  if (file === undefined) return undefined;
  const [first = 0, last = first] = [file.timed[0], file.timed.at(-1)];
  return { atFirst: numberAt(calls.offset, first), atLast: numberAt(calls.offset, last) };
}

/** By whole microseconds, as offsets are kept. */
function offsetBetween(before: Moved | undefined, after: Moved | undefined): number | undefined {
  if (before === undefined || after === undefined) return before?.atLast ?? after?.atFirst;
  return Math.abs(before.atLast - after.atFirst) <= STEADY ? Math.round((before.atLast + after.atFirst) / 2) : undefined;
}

/** True for a file that overlaps with the one before it by calls that were still open. Short files of two hosts lie side by side. */
const goesOn = (before: SourceView, file: SourceView): boolean =>
  before.last - file.first <= Math.min(before.last - before.first, file.last - file.first) / 2;

/** The logs that one host wrote: those beside which no other of their kind runs. Two hosts have two clocks, and whose file is whose the names may not say. */
function logsOfOneHost(files: readonly SourceView[]): readonly (readonly SourceView[])[] {
  const logs = groupBy(joinLogs(files, kindOfLog, goesOn), ([first]) => (first === undefined ? '' : kindOfLog(first)));
  return [...logs.values()].flatMap(([log, ...others]) => (log === undefined || others.length > 0 ? [] : [log]));
}

/**
 * Moves files of a log that share too little with any other source, as its files before and after were moved: a clock that ran four minutes ahead
 * on Tuesday and on Thursday did so on Wednesday. Only where the files of the log follow each other in time, as one host writes them.
 * Shape:  `open` are the sources that nothing was measured for, `set` those that stand on the common clock. Times of `calls` change.
 * Errors: none; a log whose clock was set between two of its files keeps its times in between.
 */
export function setBySiblings(calls: CallColumns, open: readonly SourceView[], set: readonly SourceView[]): number {
  const isSet = new Set(set);
  let moved = 0;
  for (const log of logsOfOneHost([...open, ...set]))
    for (const [place, view] of log.entries()) {
      if (isSet.has(view)) continue;
      const before = log.slice(0, place).findLast((file) => isSet.has(file));
      const after = log.slice(place + 1).find((file) => isSet.has(file));
      const own = numberAt(calls.offset, view.timed[0] ?? 0);
      const offset = offsetBetween(movedBy(calls, before), movedBy(calls, after));
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
