/** `node duckdb-import.ts json|combined FILE DATABASE`: reads a log into a table, with as many threads as there are cores, and counts its rows. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { FETCHED } from './places.ts';

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowsJS(): unknown[][] }>;
  closeSync(): void;
}

interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> };
}

/** NGINX's combined format, as DuckDB is told it: one expression with a group for each column. */
const COMBINED = String.raw`^(\S+) \S+ (\S+) \[([^\]]+)\] "(\S+) (\S+) ([^"]*)" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"`;
const COLUMNS = ['ip', 'user', 'time', 'method', 'path', 'protocol', 'status', 'bytes', 'referer', 'agent'];

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function selectOf(kind: string, file: string): string {
  if (kind === 'json') return `SELECT * FROM read_json(${quote(file)}, format = 'newline_delimited')`;
  // A separator that no line holds makes one column of each line.
  const lines = `read_csv(${quote(file)}, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false)`;
  return `SELECT entry.* FROM (SELECT regexp_extract(line, ${quote(COMBINED)}, [${COLUMNS.map(quote).join(', ')}]) AS entry FROM ${lines})`;
}

const [kind = '', file = '', database = ''] = process.argv.slice(2);
// The package is no dependency, so its types are not there either: these are the three calls that are used.
const { DuckDBInstance } = createRequire(join(FETCHED, 'package.json'))('@duckdb/node-api') as DuckDb;
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(`CREATE TABLE calls AS ${selectOf(kind, file)}`);
const rows = (await connection.runAndReadAll('SELECT count(*) FROM calls')).getRowsJS();
console.log(String(rows[0]?.[0]));
connection.closeSync();
instance.closeSync();
