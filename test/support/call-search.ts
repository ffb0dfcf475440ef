import { nodePorts } from '#electron/node/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { callSearch, type CallQuery, type CallSearch } from '#shared/engine/store/columns/call-search.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { memoryCase, testCodec } from './case.ts';

/** Never cancelled, never yields. */
export const noBreath = (): Promise<void> => Promise.resolve();

/** A search over a case that keeps it in memory, or, with `most` 0, leaves all to SQLite. */
export function searchOver(db: SqlDriver, most?: number): CallSearch {
  defineQueryFunctions(db, testCodec);
  return callSearch(db, nodePorts('test'), most);
}

/** A parsed query as the engine asks it. */
export const asked = (ast: QueryNode): CallQuery => ({ key: printQuery(ast), ast, filter: compileQuery(ast) });

/** A query's text as the engine asks it. */
export function askedText(text: string): CallQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return asked(parsed.ast);
}

/** Row ids of the calls that a query finds in memory, ascending. */
export async function foundIds(search: CallSearch, query: CallQuery): Promise<readonly number[]> {
  const found = await search.find(query, noBreath);
  if (found === undefined) throw new Error('the case is not kept in memory');
  return [...found.columns.ids].filter((_id, ordinal) => found.mask[ordinal] === 1);
}

/** A case of calls with nothing but these paths, whose row ids are not dense. */
export function caseOfPaths(paths: readonly (string | null)[]): SqlDriver {
  const db = memoryCase();
  db.exec(
    `INSERT INTO source (id, name, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
     VALUES (1, 'a', 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]')`,
  );
  const insert = db.prepare(
    'INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, path, flags) VALUES (?, 1, ?, 0, 0, 0, ?, 0)',
  );
  db.transaction(() => {
    for (const [index, path] of paths.entries()) insert.run(index * 2 + 5, index, path);
  });
  return db;
}
