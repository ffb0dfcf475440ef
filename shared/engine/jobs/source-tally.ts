import { epochMicros, type EpochMicros } from '../../model/units.ts';
import { CALL_NUMBERS, type EncodedBatch } from '../reading/encoded-batch.ts';
import type { NamedBatch } from '../reading/source-reader.ts';
import type { TimeSettler } from './settle-times.ts';
import type { RawWriter, SourceEnd } from '../store/write.ts';

/** The running sums of one source, and what is said about it. */
export interface Tally {
  accepted: number;
  rejected: number;
  skipped: number;
  timeMin: EpochMicros | undefined;
  timeMax: EpochMicros | undefined;
  timed: number;
  zoneAssumed: number;
  readonly notes: string[];
  /** Codes of warnings that are said once. */
  readonly said: Set<string>;
  /** Records of other formats than the source's, by format. */
  readonly strays: Map<string, number>;
  /** Lines of the parts before this one. */
  linesBefore: number;
  /** Sets times on UTC, where a zone with changes of the clock was given. */
  readonly settler: TimeSettler | undefined;
}

export const newTally = (notes: readonly string[], settler?: TimeSettler): Tally => ({
  settler,
  accepted: 0,
  rejected: 0,
  skipped: 0,
  timeMin: undefined,
  timeMax: undefined,
  timed: 0,
  zoneAssumed: 0,
  notes: [...notes],
  said: new Set(),
  strays: new Map(),
  linesBefore: 0,
});

/** Puts one batch of a reader into the store. */
export function storeBatch({ batch, names }: NamedBatch, sourceId: number, tally: Tally, writer: RawWriter): void {
  const { linesBefore } = tally;
  tally.settler?.settle(batch);
  writer.addCalls(sourceId, batch, names, linesBefore);
  tally.accepted += batch.calls;
  tally.timed += batch.timed;
  tally.zoneAssumed += batch.zoneAssumed;
  tallyTimes(batch, tally);
  for (const issue of batch.issues) {
    if (issue.once) {
      if (tally.said.has(issue.code)) continue;
      tally.said.add(issue.code);
    }
    if (issue.severity === 'reject') tally.rejected += 1;
    if (issue.severity === 'skip') tally.skipped += 1;
    writer.addIssue(sourceId, { ...issue, record: issue.record === undefined ? undefined : issue.record + linesBefore });
  }
  for (const item of batch.inventory) {
    writer.addInventory(sourceId, item);
    if (item.kind === 'operation') tally.accepted += 1;
  }
  writer.addTraces(sourceId, batch.traces);
  for (const note of batch.notes) if (!tally.notes.includes(note)) tally.notes.push(note);
  for (const [format, records] of batch.strays) tally.strays.set(format, (tally.strays.get(format) ?? 0) + records);
  tally.linesBefore += batch.linesOfPart;
}

const TIME_COLUMN = CALL_NUMBERS.indexOf('time');

function tallyTimes({ numbers }: EncodedBatch, tally: Tally): void {
  for (let at = TIME_COLUMN; at < numbers.length; at += CALL_NUMBERS.length) {
    const time = numbers[at] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    if (tally.timeMin === undefined || time < tally.timeMin) tally.timeMin = epochMicros(time);
    if (tally.timeMax === undefined || time > tally.timeMax) tally.timeMax = epochMicros(time);
  }
}

/** What the ledger says when the source is closed. */
export function toLedger(
  tally: Tally,
  zone: string | undefined,
): Pick<SourceEnd, 'records' | 'accepted' | 'rejected' | 'skipped' | 'timeMin' | 'timeMax' | 'timezone' | 'notes'> {
  const { accepted, rejected, skipped, timeMin, timeMax, timed, zoneAssumed } = tally;
  const timezone = timed === 0 ? 'none' : zoneAssumed === 0 ? 'in the data' : zone === undefined ? 'assumed UTC' : 'given';
  const strays = [...tally.strays].map(
    ([format, records]) => `${String(records)} of the records are of another format and were read as ${format}.`,
  );
  return {
    records: accepted + rejected + skipped,
    accepted,
    rejected,
    skipped,
    timeMin,
    timeMax,
    timezone,
    notes: [
      ...tally.notes,
      ...strays,
      ...(timezone === 'given' ? [`Its times name no zone and were read in ${zone ?? ''}.`] : []),
      ...(tally.settler?.notes() ?? []),
    ],
  };
}
