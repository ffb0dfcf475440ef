import type { KnowledgeRow } from '../../../contract/rows.ts';
import type { SqlDriver } from '../driver.ts';

/** Knowledge saved with the case, by kind and name. */
export const listKnowledge = (db: SqlDriver): readonly KnowledgeRow[] =>
  db
    .prepare('SELECT kind, name, text FROM knowledge ORDER BY kind, name')
    .all<{ kind: KnowledgeRow['kind']; name: string; text: string }>()
    .map(({ kind, name, text }) => ({ kind, name, text }));
