import { nodePorts } from '#electron/node/ports.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { EMPTIED_TABLES, SHARED_TABLES } from '#shared/engine/store/share/column-rules.ts';
import { idleContext } from '../fuzz/engine-over.ts';
import { fieldsIn } from './vectors.ts';

/** A column of the case as `table.column`. */
type ColumnName = string;

/** Every column of a case that can hold a text. BLOBs are packed texts, which `fieldsOfCase` reads through the engine. */
const textColumns = (db: SqlDriver): readonly ColumnName[] =>
  db
    .prepare(
      "SELECT m.name || '.' || p.name AS name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND p.type = 'TEXT' ORDER BY name",
    )
    .all<{ name: string }>()
    .map(({ name }) => name);

/** Whether evidence or an analyst may have written what stands there: what a shared copy does not hand on as it is. */
function isFromOutside(name: ColumnName): boolean {
  const [table = '', column = ''] = name.split('.');
  return EMPTIED_TABLES.includes(table) || SHARED_TABLES[table]?.[column] !== 'same';
}

/** The text columns that words from outside may reach. A column of a later schema is one of them until a rule says that it is ours. */
export const outsideColumns = (db: SqlDriver): readonly ColumnName[] => textColumns(db).filter(isFromOutside);

/** Mark, markup or address of a vector, as it is, lower or upper case, or percent-encoded. */
const ATTACK = /q\d+f-|<[a-z!/]|%3c[a-z!/]|198\.51\.100\.7/i;

/** The text columns in which an attack stands. */
const attackedColumns = (db: SqlDriver): readonly ColumnName[] =>
  textColumns(db).filter((name) => {
    const [table = '', column = ''] = name.split('.');
    const texts = db.prepare(`SELECT "${column}" AS text FROM "${table}" WHERE "${column}" IS NOT NULL`).all<{ text: string }>();
    return texts.some(({ text }) => ATTACK.test(text));
  });

/** What became of the attacks in a case: the columns they reached, and the fields of the bundle that any place of the case still holds. */
export async function readAttacks(
  casePath: string,
): Promise<{ readonly columns: readonly ColumnName[]; readonly fields: ReadonlySet<string> }> {
  const db = openForReading(casePath);
  try {
    const engine = createEngine(db, { ...nodePorts('0.0.0'), readers: undefined }, () => undefined);
    const fields = new Set<string>();
    const note = (text: string): void => {
      for (const field of fieldsIn(text)) fields.add(field);
    };
    for (const name of textColumns(db)) {
      const [table = '', column = ''] = name.split('.');
      for (const { text } of db.prepare(`SELECT "${column}" AS text FROM "${table}" WHERE "${column}" IS NOT NULL`).all<{ text: string }>())
        note(text);
    }
    const { rows } = await engine['calls.page']({ from: 0, count: 1000, query: '' }, idleContext);
    for (const { ref } of rows) note(JSON.stringify(await engine['calls.get']({ ref }, idleContext)));
    return { columns: attackedColumns(db), fields };
  } finally {
    db.close();
  }
}
