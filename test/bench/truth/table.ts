/** Lines of a table: columns as wide as their widest cell, the first to the left and the others to the right. */
export function toTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** `0.9812`; `-` for what was not measured. */
export const sayRatio = (value: number | undefined, digits = 4): string => (value === undefined ? '-' : value.toFixed(digits));

/** A table of measures: a line for each, a column for each world and one for all together. */
export function ratioTable(columns: readonly (readonly [title: string, ratios: Readonly<Record<string, number>>])[]): readonly string[] {
  const names = [...new Set(columns.flatMap(([, ratios]) => Object.keys(ratios)))].toSorted();
  return toTable([
    ['', ...columns.map(([title]) => title)],
    ...names.map((name) => [name, ...columns.map(([, ratios]) => sayRatio(ratios[name]))]),
  ]);
}
