import type { LeafMasker } from './leaf.ts';
import type { Vault } from './secret.ts';

/** The first line of a table: names between one kind of separator. */
const HEAD = /^\ufeff?((?:"[^"\r\n]{1,80}"|[^",;|\t\r\n]{1,80})(?:([,;|\t])(?:"[^"\r\n]{0,80}"|[^",;|\t\r\n]{0,80}))+)(?:\r\n|\r|\n)/;
/** Columns of one table that are told apart. */
const MAX_COLUMNS = 500;

/** What a cell says, without the quotes around it. */
export const unquoted = (cell: string): string => (cell.startsWith('"') ? cell.replace(/^"|"$/g, '').replaceAll('""', '"') : cell.trim());

/**
 * A cell and what ends it, from one to the next. A quoted cell may hold separators and line ends; one that is never closed is read as plain
 * text.
 */
export const cellPattern = (separator: string): RegExp =>
  new RegExp(`("(?:[^"]|"")*"(?=[${separator}\\r\\n]|$)|[^${separator}\\r\\n]*)([${separator}]|\\r\\n|\\r|\\n|$)`, 'gy');

/**
 * Masks the cells of a CSV or TSV text that stand under the name of a secret: no cell has a name beside it. The rest is kept as it is.
 * Shape: the text itself when its first line names no secret.
 */
export function maskTable(text: string, masker: LeafMasker, vault: Vault): string {
  const [whole = '', head = '', separator = ','] = HEAD.exec(text) ?? [];
  if (whole === '') return text;
  const names = head.split(separator, MAX_COLUMNS).map(unquoted);
  const secret = names.map((name) => vault.hint(name) !== undefined);
  if (!secret.includes(true)) return text;
  const cells = cellPattern(separator);
  cells.lastIndex = whole.length;
  let masked = whole;
  let from = whole.length;
  let column = 0;
  let row = 0;
  for (let match = cells.exec(text); match !== null && match[0] !== ''; match = cells.exec(text)) {
    const [, cell = '', end = ''] = match;
    const name = names[column];
    if (name !== undefined && secret[column] === true && cell !== '') {
      // A column's name is data as well, and stands in places.
      const shown = masker.name(name);
      const value = unquoted(cell);
      const place = { pointer: `$[${String(row)}].${shown}`, field: `$[*].${shown}` };
      const safe = masker.leaf({ ...place, key: name, parent: undefined, kind: 'string', text: value });
      if (safe !== value) {
        masked += text.slice(from, match.index) + safe;
        from = match.index + cell.length;
      }
    }
    column = end === separator ? column + 1 : 0;
    if (column === 0) row += 1;
  }
  return masked + text.slice(from);
}
