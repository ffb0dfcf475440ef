/** Something the code knows and a file repeats: a whole file, or the part of one between its two markers. */
export interface Generator {
  /** Path in the checkout. */
  readonly file: string;
  /** Names the part: `<!-- generated:<part> -->` to `<!-- /generated:<part> -->`; absent for a whole file. */
  readonly part?: string;
  make(): string | Promise<string>;
}

/**
 * Puts `text` between the markers of `part`.
 * Errors: Error when the file has no such markers.
 */
export function replacePart(whole: string, part: string, text: string): string {
  const [open, close] = [`<!-- generated:${part} -->`, `<!-- /generated:${part} -->`];
  const [from, to] = [whole.indexOf(open), whole.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`no markers for "${part}"`);
  return `${whole.slice(0, from + open.length)}\n${text.trimEnd()}\n${whole.slice(to)}`;
}

/** Rows as a Markdown table; a bar inside a cell is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
