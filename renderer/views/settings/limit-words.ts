import type { Limit } from '#shared/model/limit.ts';
import { formatCount, formatDuration } from '../../widgets/format.ts';

const BINARY = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A limit's value with its unit, exact: `16 MiB`, `100 : 1`, `30 m`, `80 %`. */
export function printLimit({ value, unit }: Pick<Limit, 'value' | 'unit'>): string {
  switch (unit) {
    case 'bytes':
      return printBytes(value);
    case 'MiB':
      return printBytes(value * 1024 * 1024);
    case 'ms':
      return formatDuration(value);
    case 'µs':
      return formatDuration(value / 1000);
    case 'characters':
      return `${formatCount(value)} characters`;
    case 'ratio':
      return `${formatCount(value)} : 1`;
    case 'share':
      return `${formatCount(value * 100)} %`;
    case 'count':
      return formatCount(value);
  }
}

/** In the largest binary unit that needs no fraction: these limits are powers of two, and a rounded one would be another. */
function printBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${formatCount(value)} ${BINARY[unit] ?? 'bytes'}`;
}

/** Limits under their areas, both in the order in which they came. */
export function groupLimits(limits: readonly Limit[]): readonly (readonly [area: string, limits: readonly Limit[]])[] {
  const areas = [...new Set(limits.map(({ area }) => area))];
  return areas.map((area) => [area, limits.filter((limit) => limit.area === area)]);
}
