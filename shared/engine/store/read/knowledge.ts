import type { KnowledgeJson } from '../../../contract/report-json.ts';
import type { KnowledgeRow } from '../../../contract/rows.ts';
import { parseIam, type IamEntry } from '../../../model/knowledge/iam.ts';
import { parseKeySet, type PublicKey } from '../../../model/knowledge/key-set.ts';
import type { KnowledgeKind } from '../../../model/knowledge/kinds.ts';
import { parseRanges, type RangeList } from '../../../model/knowledge/ranges.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';

/** Knowledge saved with the case, by kind and name; with its text where screens need that. */
export const listKnowledge = (db: SqlDriver): readonly KnowledgeRow[] =>
  db
    .prepare(
      "SELECT kind, name, CASE WHEN kind IN ('mapping', 'log-format') THEN text END AS text, sha256, added, says FROM knowledge ORDER BY kind, name",
    )
    .all<Omit<KnowledgeRow, 'text'> & { readonly text: string | null }>()
    .map(({ text, ...row }) => (text === null ? row : { ...row, text }));

/** The same for the report, which states no time but the evidence's. */
export const listKnowledgeJson = (db: SqlDriver): readonly KnowledgeJson[] =>
  listKnowledge(db).map(({ kind, name, sha256, says }) => ({ kind, name, sha256, says }));

/** What a list says, with the name under which it was added. */
export type Named<Value> = Value & { readonly file: string };

/** Everything that the case knows of one kind; what this version cannot understand any more is passed over. */
function readAll<Value>(
  db: SqlDriver,
  kind: KnowledgeKind,
  parse: (text: string, name: string) => Value | string,
): readonly { readonly file: string; readonly value: Value }[] {
  return db
    .prepare('SELECT name, text FROM knowledge WHERE kind = ? ORDER BY name')
    .all<{ name: string; text: string }>(kind)
    .flatMap(({ name, text }) => {
      const value = parse(text, name);
      return typeof value === 'string' ? [] : [{ file: name, value }];
    });
}

/** Principals that the case's lists name, each with the list's name. */
export const readIam = (db: SqlDriver): readonly Named<IamEntry>[] =>
  readAll(db, 'iam', parseIam).flatMap(({ file, value }) => value.map((entry) => ({ ...entry, file })));

/** Where the case keeps what became of its lists of principals. */
export const LIST_MATCHES = 'list_matches';

/** What became of each list of principals when callers were looked for in them, a sentence each; none before that. */
export function readListMatches(db: SqlDriver): readonly string[] {
  const text = getMeta(db, LIST_MATCHES);
  // Written by the principals pass.
  return text === undefined ? [] : (JSON.parse(text) as readonly string[]);
}

/** Public keys of token issuers (`jwks`) or of agents that sign their requests (`key-directory`). */
export const readKeys = (db: SqlDriver, kind: 'jwks' | 'key-directory'): readonly Named<PublicKey>[] =>
  readAll(db, kind, parseKeySet).flatMap(({ file, value }) => value.map((key) => ({ ...key, file })));

/** Where agents call from, by published list. */
export const readRanges = (db: SqlDriver): readonly Named<RangeList>[] =>
  readAll(db, 'ranges', parseRanges).map(({ file, value }) => ({ ...value, file }));
