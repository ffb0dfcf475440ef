/** A cell that programs read as a number, not as a formula: `-5.00`, `+1e3`. */
const PLAIN_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Where a spreadsheet would begin a formula: at the start of the cell, and after what other settings take for the end of a
 * cell (separators, quotes, line ends). Full-width forms count: some programs normalise them.
 */
// The look-ahead goes first: the look-behind over white space then runs at such signs only, which keeps it linear.
const FORMULA_START = /(?=[=+\-@＝＋－＠])(?<=(?:^|[,;|\t\r\n"'])\s*)|^(?=[\t\r])/gu;

/**
 * A text as a CSV cell that no spreadsheet runs: `'` goes before whatever could begin a formula, unless the cell is a plain
 * number. Lossy for such texts, on purpose; report.json has them exactly.
 */
export function csvCell(value: string): string {
  const safe = PLAIN_NUMBER.test(value) ? value : value.replace(FORMULA_START, "'");
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of RFC 4180, CRLF included. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
