import { groupBy } from '#shared/lib/group-by.ts';
import type { Figure } from '../bench.ts';
import { medianOf } from '../statistics.ts';
import type { FalseAlarm, IncidentResult } from './detect.ts';

const MILLION = 1e6;

const middleFigure = (id: string, unit: Figure['unit'], values: readonly (number | undefined)[], what: string): readonly Figure[] => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? [] : [{ id, value: medianOf(known), unit, what }];
};

/** Where the first finding about each found incident stands and how late it comes, in the middle of all; none when nothing was found. */
export function incidentFigures(results: readonly Pick<IncidentResult, 'recalled' | 'rank' | 'minutes'>[]): readonly Figure[] {
  const found = results.filter(({ recalled }) => recalled);
  return [
    ...middleFigure(
      'detect.rank',
      'ratio',
      found.map(({ rank }) => rank),
      'place of the first right finding among all, median over found incidents',
    ),
    ...middleFigure(
      'detect.minutes',
      'minutes',
      found.map(({ minutes }) => minutes),
      'from the first evidence to the first finding, in the time of the logs, median over found incidents',
    ),
  ];
}

/** False findings by detector, for each million clean calls: `detect.false.burst`. Shape: those that raised any, by name. */
export function falseFigures(alarms: readonly FalseAlarm[], calls: number): readonly Figure[] {
  if (calls === 0) return [];
  return [...groupBy(alarms, ({ detector }) => detector)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([detector, { length }]) => ({
      id: `detect.false.${detector}`,
      value: (length * MILLION) / calls,
      unit: 'ratio',
      what: `false findings of ${detector} for each million clean calls`,
    }));
}
