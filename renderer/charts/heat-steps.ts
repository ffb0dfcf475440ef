/** Steps of the ramp; see the tokens `--step-1` to `--step-5`. */
const STEPS = 5;

/**
 * The step of the ramp that a count stands on, by its logarithm: 0 for none, 1 for one, 5 for the most.
 * Example: of at most 10,000, 1 is on step 1, 100 on 3 and 10,000 on 5.
 */
export function heatStep(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return STEPS;
  return 1 + Math.round((Math.log(count) / Math.log(most)) * (STEPS - 1));
}

/** One path a step over the cells that stand on it. Units: CSS px. */
export function heatPaths(
  values: readonly (readonly number[])[],
  cell: { readonly width: number; readonly height: number },
): readonly string[] {
  const most = values.reduce((max, row) => row.reduce((high, count) => Math.max(high, count), max), 0);
  const parts = Array.from({ length: STEPS + 1 }, (): string[] => []);
  for (const [row, counts] of values.entries())
    for (const [column, count] of counts.entries()) {
      const place = `M${String(column * cell.width)} ${String(row * cell.height)}`;
      const step = heatStep(count, most);
      if (step > 0) parts[step]?.push(`${place}h${String(cell.width - 1)}v${String(cell.height - 1)}h${String(1 - cell.width)}z`);
    }
  return parts.slice(1).map((list) => list.join(''));
}
