import type { Figure } from './bench.ts';

/** Part of a whole; none of nothing: what was not measured is neither good nor bad. */
export const ratioOf = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** The share of items that pass; none of no items. */
export const shareOf = <T>(items: readonly T[], passes: (item: T) => boolean): number | undefined =>
  ratioOf(items.filter(passes).length, items.length);

/** A ratio as a figure, no figure where there was nothing to measure. */
export const ratioFigure = (id: string, value: number | undefined, what: string): readonly Figure[] =>
  value === undefined ? [] : [{ id, value, unit: 'ratio', what }];
