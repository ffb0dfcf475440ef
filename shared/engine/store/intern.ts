import { present } from '../../lib/assert.ts';
import type { SqlDriver } from './driver.ts';

/** Entries kept in memory; past it the map starts anew and looks up again. About 100 bytes each. */
const MAX_KNOWN = 400_000;
/** The same for their texts together. Units: UTF-16 code units. */
const MAX_KNOWN_UNITS = 24_000_000;

/** Gives the id of a text, storing it at first sight; `undefined` in gives null out. */
export type Intern = (text: string | undefined) => number | null;

/** An interner over `term`; ids rise in order of first sight, so the same evidence gives the same ids. */
export function interner(db: SqlDriver): Intern {
  const select = db.prepare('SELECT id FROM term WHERE value = ?');
  const insert = db.prepare('INSERT INTO term (value) VALUES (?)');
  let known = new Map<string, number>();
  let units = 0;
  return (text) => {
    if (text === undefined) return null;
    let id = known.get(text);
    if (id === undefined) {
      id = select.get<{ id: number }>(text)?.id ?? insert.run(text).lastId;
      if (known.size >= MAX_KNOWN || units > MAX_KNOWN_UNITS) {
        known = new Map();
        units = 0;
      }
      units += text.length;
      known.set(text, present(id, 'an interned text has an id'));
    }
    return id;
  };
}
