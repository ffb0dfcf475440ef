import { formatCount, formatShare } from '../../widgets/format.ts';

/**
 * Classes of answers in the order of the bar; `failed` are calls that came to nothing by what their records say without a status, `unknown` the others
 * without one.
 */
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'failed', 'unknown'] as const;
const BY_HUNDREDS = CLASSES.slice(0, 5);
type StatusClass = (typeof CLASSES)[number];

/** One stretch of the bar. `share` is of all calls, 0 to 1. */
export interface StatusPart {
  readonly name: StatusClass;
  readonly calls: number;
  readonly share: number;
}

/** Statuses by class, those that are there. `calls` may be more than the statuses add up to; `failed` are all that came to nothing. */
export function toStatusParts(statuses: Readonly<Record<string, number>>, calls: number, failed: number): readonly StatusPart[] {
  const counts = new Map<StatusClass, number>();
  let known = 0;
  for (const [status, count] of Object.entries(statuses)) {
    const name = BY_HUNDREDS[Math.floor(Number(status) / 100) - 1] ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + count);
    known += count;
  }
  if (calls > known) counts.set('unknown', (counts.get('unknown') ?? 0) + calls - known);
  const unknown = counts.get('unknown') ?? 0;
  const byWord = Math.min(unknown, Math.max(0, failed - (counts.get('4xx') ?? 0) - (counts.get('5xx') ?? 0)));
  counts.set('failed', byWord);
  counts.set('unknown', unknown - byWord);
  const all = Math.max(calls, known);
  return CLASSES.flatMap((name) => {
    const count = counts.get(name) ?? 0;
    return count === 0 ? [] : [{ name, calls: count, share: count / all }];
  });
}

/** The bar in words: `2xx 410 (99.8 %), 4xx 1 (0.2 %)`. */
export function describeParts(parts: readonly StatusPart[]): string {
  const all = parts.reduce((sum, { calls }) => sum + calls, 0);
  if (all === 0) return 'no calls';
  return parts
    .map(({ name, calls }) => `${name === 'failed' ? 'failed without a status' : name} ${formatCount(calls)} (${formatShare(calls, all)})`)
    .join(', ');
}
