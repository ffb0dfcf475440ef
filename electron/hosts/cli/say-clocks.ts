import type { SourceRow } from '#shared/contract/rows.ts';
import { skewText } from '#shared/model/clock-offsets.ts';
import { likelyZone } from '#shared/model/likely-zone.ts';
import { groupByLog, nameOfLog } from '#shared/model/log-names.ts';
import { printable, sayLine } from './terminal.ts';

/** A clock that is less wrong misleads nobody who reads a log by hand. Units: ms. */
const WORTH_A_LINE = 10_000;

/** As far as the files of one log agree. Units: ms. Example: 262,486 gives `4.4 min`. */
const aboutText = (ms: number): string => (ms < 120_000 ? skewText(Math.round(ms / 1000) * 1000) : `${(ms / 60_000).toFixed(1)} min`);

/** What is said of a source's clock; undefined where it agrees with the others, or nothing is known of it. */
function clockSentence(source: SourceRow): string | undefined {
  const zone = likelyZone(source);
  if (zone !== undefined)
    return `most likely local time, UTC${zone}: its times name no zone and were read as UTC, and calls that two logs saw, or the files before and after it, lie that far off. Calls were matched on the common clock; --timezone ${zone} reads the times so`;
  const { clockAheadMs = 0 } = source;
  return Math.abs(clockAheadMs) < WORTH_A_LINE
    ? undefined
    : `its clock runs ${aboutText(Math.abs(clockAheadMs))} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the other logs, by calls that two logs saw, or as the files before and after it. Calls were matched on the common clock; times stand as they were written`;
}

/** Says what the analysis found of clocks and zones, once for the files of a log that agree. */
export function sayClocks(sources: readonly SourceRow[]): void {
  for (const files of groupByLog(sources.filter(({ state }) => state !== 'withdrawn'))) {
    const bySentence = new Map<string, SourceRow[]>();
    for (const file of files) {
      const sentence = clockSentence(file);
      if (sentence === undefined) continue;
      const some = bySentence.get(sentence);
      if (some === undefined) bySentence.set(sentence, [file]);
      else some.push(file);
    }
    for (const [sentence, some] of bySentence) sayLine(`${printable(nameOfLog(some))}: ${sentence}.`);
  }
}
