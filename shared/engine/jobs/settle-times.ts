import type { NamedZone } from '../../lib/named-zone.ts';
import { epochMicros } from '../../model/units.ts';
import { callFlag } from '../store/call-flags.ts';
import { CALL_NUMBERS, type EncodedBatch } from '../reading/encoded-batch.ts';

/** Sets the times of one source on UTC, batch by batch in its order. Lifetime: one import of one source. */
export interface TimeSettler {
  settle(batch: Pick<EncodedBatch, 'numbers'>): void;
  /** What is doubtful about the zone, a sentence each. */
  notes(): readonly string[];
}

const [TIME, FLAGS] = [CALL_NUMBERS.indexOf('time'), CALL_NUMBERS.indexOf('flags')];

/**
 * How far a log may step back without its clock having been set back: calls are written when they end. Units: µs; a minute is the longest that proxies
 * wait by default.
 */
const STEP_BACK = 60_000_000;

const timesLie = (count: number): string => `${count.toLocaleString('en-US')} of its times ${count === 1 ? 'lies' : 'lie'}`;

/**
 * Sets times that name no zone on UTC, which the reader took for UTC itself. Where the clock showed an hour twice, the order of the file tells the passes
 * apart: the second one begins where the file steps back by more than a minute. Stamps that do not tell are left in the first.
 */
export function timeSettler({ name, settle }: NamedZone): TimeSettler {
  let last = -Infinity;
  const [first, second, skipped] = [new Set<number>(), new Set<number>(), new Set<number>()];
  let [inFirst, inSecond, inSkipped] = [0, 0, 0];
  const dayOf = (micros: number): number => Math.floor(micros / 86_400_000_000);
  return {
    settle({ numbers }) {
      for (let at = 0; at < numbers.length; at += CALL_NUMBERS.length) {
        const wall = numbers[at + TIME] ?? NaN;
        if (Number.isNaN(wall)) continue;
        if (((numbers[at + FLAGS] ?? 0) & callFlag.zoneAssumed) === 0) {
          last = wall;
          continue;
        }
        const { time, secondPass, isSkipped } = settle(epochMicros(wall));
        let settled: number = time;
        if (isSkipped === true) {
          inSkipped += 1;
          skipped.add(dayOf(wall));
        } else if (secondPass !== undefined) {
          const isSecond = time < last - STEP_BACK && time + secondPass >= last - STEP_BACK;
          if (isSecond) {
            settled = time + secondPass;
            inSecond += 1;
            second.add(dayOf(wall));
          } else {
            inFirst += 1;
            first.add(dayOf(wall));
          }
        }
        numbers[at + TIME] = settled;
        last = settled;
      }
    },
    notes() {
      const days = (of: ReadonlySet<number>): string =>
        [...of]
          .sort((a, b) => a - b)
          .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
          .join(', ');
      const twice = inFirst + inSecond;
      return [
        ...(twice === 0
          ? []
          : [
              `${timesLie(twice)} in an hour that the clocks of ${name} showed twice (${days(new Set([...first, ...second]))}). By the order of the file ${inFirst.toLocaleString('en-US')} were read as its first pass and ${inSecond.toLocaleString('en-US')} as its second, an hour later; where the file is not in order of time, they may lie an hour off.`,
            ]),
        ...(inSkipped === 0
          ? []
          : [
              `${timesLie(inSkipped)} in an hour that the clocks of ${name} passed over (${days(skipped)}): the clock that wrote them was most likely not set to this zone. They were read with the offset from before the change.`,
            ]),
      ];
    },
  };
}
