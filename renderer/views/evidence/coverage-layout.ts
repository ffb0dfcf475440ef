import type { Coverage } from '#shared/contract/rows.ts';

/** Steps of magnitude that a strip tells apart. */
const LEVELS = 4;

/** One source's calls over the slices that all sources share. */
export type SourceCoverage = Coverage['sources'][number];

/** Slices without a hole between them. Shape: `from` is the first slice, `to` the one after the last. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly calls: number;
}

/** A strip as SVG path data, one unit wide a slice. */
interface StripPaths {
  /** Cells by magnitude, faintest first. */
  readonly levels: readonly string[];
  /** Lines through the slices where a source that was there before and after is silent. */
  readonly gaps: string;
}

/** How dark a slice is drawn, 1 to `LEVELS`: by order of magnitude, so that a quiet hour still shows beside a flood. */
export const levelOf = (calls: number, most: number): number =>
  calls === 0 ? 0 : Math.max(1, Math.ceil((LEVELS * Math.log1p(calls)) / Math.log1p(most)));

/**
 * Draws counts as few paths: neighbours of one level are one rectangle.
 * Units: slices across, `height` in the units of the picture.
 */
export function layoutStrip(calls: readonly number[], height: number): StripPaths {
  const most = calls.reduce((highest, count) => Math.max(highest, count), 0);
  const levels = Array.from({ length: LEVELS }, () => '');
  for (let from = 0; from < calls.length;) {
    const level = levelOf(calls[from] ?? 0, most);
    let to = from + 1;
    while (to < calls.length && levelOf(calls[to] ?? 0, most) === level) to += 1;
    const cell = `M${String(from)} 0h${String(to - from)}v${String(height)}h${String(from - to)}z`;
    if (level > 0) levels[level - 1] = `${levels[level - 1] ?? ''}${cell}`;
    from = to;
  }
  const middle = String(height / 2);
  const gaps = listGaps(calls).map(({ from, to }) => `M${String(from)} ${middle}H${String(to)}`);
  return { levels, gaps: gaps.join('') };
}

/** The stretches in which a source has calls in every slice. */
export function listStretches(calls: readonly number[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let from = 0; from < calls.length; from += 1) {
    if ((calls[from] ?? 0) === 0) continue;
    let to = from;
    let sum = 0;
    while (to < calls.length && (calls[to] ?? 0) > 0) sum += calls[to++] ?? 0;
    found.push({ from, to, calls: sum });
    from = to;
  }
  return found;
}

/** The silences between a source's first and last call. */
export function listGaps(calls: readonly number[]): readonly Omit<Stretch, 'calls'>[] {
  const stretches = listStretches(calls);
  return stretches.slice(1).map((next, index) => ({ from: stretches[index]?.to ?? 0, to: next.from }));
}

/** Where a slice begins; past the last one, where that ends. Shape: `2026-10-01T09:30:00.000000Z`. */
export function startOf({ starts, binSeconds }: Coverage, slice: number): string {
  const known = starts[slice];
  if (known !== undefined) return known;
  const last = starts.at(-1);
  if (last === undefined) return '';
  return `${new Date(Date.parse(last) + binSeconds * 1000).toISOString().slice(0, -1)}000Z`;
}
