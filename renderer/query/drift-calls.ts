import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { matching } from './queries.ts';

/** When the usual time ends, if it lies in this case; times as the engine writes them. */
export interface UsualTime {
  readonly until: string | undefined;
}

const subjectOf = ({ host, principal, endpoint }: BaselineDrift): string =>
  [
    ...(host === undefined ? [] : [matching('host', host)]),
    ...(principal === undefined ? [] : [matching('principal', principal)]),
    ...(endpoint === undefined ? [] : [matching('endpoint', endpoint)]),
  ].join(' and ');

/** A query for the calls before the change; undefined where this case does not hold them. */
export const callsBefore = (row: BaselineDrift, { until }: UsualTime): string | undefined =>
  until === undefined || row.change === 'new' ? undefined : `${subjectOf(row)} and time <= ${until}`;

/** A query for the calls after the change; undefined where there are none. */
export function callsAfter(row: BaselineDrift, { until }: UsualTime): string | undefined {
  if (row.change === 'gone') return undefined;
  return until === undefined ? subjectOf(row) : `${subjectOf(row)} and time > ${until}`;
}
