import type { SqlDriver } from '../../driver.ts';

/** What calls can have in common: a name for people, the column, and the text of a value of it. */
export interface Trait {
  readonly name: string;
  /** SQL of a value, small whole numbers or texts; NULL where a call has none. */
  readonly column: string;
  /** Turns a value into what a person reads. */
  readonly print: (db: SqlDriver, value: string | number) => string;
}

const fromTable =
  (sql: string) =>
  (db: SqlDriver, value: string | number): string =>
    db.prepare(sql).get<{ text: string | null }>(value)?.text ?? String(value);

const term = fromTable('SELECT value AS text FROM term WHERE id = ?');

/** An answer's size in steps of a factor of four: 1,100 and 1,300 bytes are alike, 1,000 and 90,000 are not. */
const SIZE = 'CASE WHEN c.res_bytes > 0 THEN CAST(ln(c.res_bytes) / ln(4) AS INTEGER) END';

/** What similar calls are told by. Time is none: the next call of the same crowd is not like another because it came soon after. */
export const TRAITS: readonly Trait[] = [
  { name: 'endpoint', column: 'f.endpoint_id', print: fromTable('SELECT key AS text FROM endpoint WHERE id = ?') },
  { name: 'caller', column: 'f.principal_id', print: fromTable('SELECT label AS text FROM principal WHERE id = ?') },
  { name: 'credential', column: 'c.credential_id', print: fromTable('SELECT key AS text FROM credential_use WHERE credential_id = ?') },
  { name: 'address', column: 'c.client_ip_id', print: term },
  { name: 'User-Agent', column: 'c.user_agent_id', print: term },
  { name: 'tool', column: 'c.tool_id', print: term },
  { name: 'host', column: 'c.host_id', print: term },
  { name: 'method', column: 'c.method_id', print: term },
  { name: 'referer', column: 'c.referer_id', print: term },
  { name: 'status', column: 'c.status', print: (_db, value) => String(value) },
  {
    name: 'size of the answer',
    column: SIZE,
    print: (_db, value) => `${(4 ** Number(value)).toLocaleString('en-US')} to ${(4 ** (Number(value) + 1)).toLocaleString('en-US')} bytes`,
  },
];
