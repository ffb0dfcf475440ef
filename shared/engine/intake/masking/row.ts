import type { TableRow } from '../../../model/table-row.ts';
import { cellPattern, unquoted } from './table.ts';
import { secretTypeOf } from './text.ts';
import type { Vault } from './secret.ts';

/**
 * Masks the cells of one row of a table that stand under the name of a secret. In a row that could not be read, each cell that may stand
 * under one: a comma that nobody quoted moves a password to the next column.
 * Shape: `text` may be the row's start only; the rest of it is kept letter by letter.
 */
export function maskRow(text: string, { delimiter, header, shift }: TableRow, vault: Vault): string {
  const secret = header.flatMap((name, column) => (vault.hint(name) === undefined ? [] : [{ name, column }]));
  if (secret.length === 0) return text;
  const cells = cellPattern(delimiter);
  let masked = '';
  let from = 0;
  for (let place = 0, match = cells.exec(text); match !== null && match[0] !== ''; place += 1, match = cells.exec(text)) {
    const [, cell = ''] = match;
    const value = unquoted(cell);
    for (const { name, column } of secret) {
      const type = Math.abs(column - place) > shift ? undefined : secretTypeOf(name, value, vault);
      if (type === undefined) continue;
      masked += text.slice(from, match.index) + vault.secret(value, type).token;
      from = match.index + cell.length;
      break;
    }
  }
  return masked + text.slice(from);
}
