import { TOLD_FIELDS, type SourceActivity, type ToldField } from '../../store/read/gaps/activity.ts';

/** Calls in a row that have to lack a field. */
export const MIN_LACKING = 100;
/** Calls outside of that stretch, of which nearly all have to have it. */
const MIN_OTHERS = 500;
const USUAL_SHARE = 0.99;

/** A stretch in which a source no longer tells something that it tells at all other times. Units: minutes since 1970. */
export interface LostField {
  readonly field: ToldField;
  readonly from: number;
  readonly to: number;
  readonly calls: number;
}

/** Finds, for each field, the longest stretch in which no call has it, where nearly all others do. Cost: one walk over the minutes a field. */
export const findLostFields = ({ minutes, calls }: SourceActivity): readonly LostField[] =>
  TOLD_FIELDS.flatMap((field, index): readonly LostField[] => {
    let longest: { from: number; to: number; calls: number } = { from: 0, to: 0, calls: 0 };
    let current: typeof longest | undefined;
    let told = 0;
    for (const minute of minutes) {
      const count = minute.told[index] ?? 0;
      told += count;
      if (count > 0) current = undefined;
      else {
        current ??= { from: minute.at, to: minute.at + 1, calls: 0 };
        current.to = minute.at + 1;
        current.calls += minute.calls;
        if (current.calls > longest.calls) longest = current;
      }
    }
    const others = calls - longest.calls;
    return longest.calls >= MIN_LACKING && others >= MIN_OTHERS && told / others >= USUAL_SHARE ? [{ field, ...longest }] : [];
  });
