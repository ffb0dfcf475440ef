import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import type { DriftGroup } from '#shared/model/drift-groups.ts';
import { formatPlural, formatRate } from '../../widgets/format.ts';

/** Rows that the first screen shows, and of them of one sort; the rest is one click away. */
const MOST = 8;
const MOST_OF_SORT = 3;

/** The first rows of each sort, in the order of the sorts. */
export const firstRows = (groups: readonly DriftGroup[]): readonly BaselineDrift[] =>
  groups.flatMap(({ rows }) => rows.slice(0, MOST_OF_SORT)).slice(0, MOST);

/** How much of it there is, in words. */
export function driftNote({ what, change, before, after, callsAfter }: BaselineDrift): string {
  if (what === 'pair') return 'not called before';
  if (change === 'new') return callsAfter === undefined ? 'not seen before' : formatPlural(callsAfter, 'call');
  if (change === 'gone') return `${formatRate(before)} a day before, none after`;
  return `${formatRate(after)} a day, ${formatRate(before)} before`;
}
