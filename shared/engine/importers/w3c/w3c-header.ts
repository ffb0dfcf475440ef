import { toLayout, type W3cLayout } from './w3c-layout.ts';

/** A comment behind a directive, which some writers add: `#Version: 1.0   // the log file version`. */
const COMMENT = /[ \t]\/\/.*$/;

/** The column names of what stands behind `#Fields:`. */
export const toColumnNames = (fields: string): readonly string[] =>
  fields
    .replace(COMMENT, '')
    .trim()
    .split(/[ \t]+/);

/** What the directives of an extended log said so far. Lifetime: one read; directives come again, and may change, within a file. */
export class W3cHeader {
  layout: W3cLayout | undefined;
  /** The day of `#Date`, for rows that have the time of day alone. */
  date: string | undefined;
  #software = '';
  #fields = '';
  #built = '';

  /** Takes a line that begins with `#`; remarks change nothing. */
  take(line: string): void {
    const colon = line.indexOf(':');
    const value = line
      .slice(colon + 1)
      .replace(COMMENT, '')
      .trim();
    switch (line.slice(1, colon).trim().toLowerCase()) {
      case 'software':
        this.#software = value;
        break;
      case 'date':
      case 'start-date':
        [this.date] = /^\d{4}-\d\d-\d\d/.exec(value) ?? [];
        return;
      case 'fields':
        this.#fields = value;
        break;
      default:
        return;
    }
    // IIS repeats the same header whenever it starts.
    const said = `${this.#software}\n${this.#fields}`;
    if (this.#fields === '' || said === this.#built) return;
    this.#built = said;
    this.layout = toLayout(toColumnNames(this.#fields), this.#software);
  }
}
