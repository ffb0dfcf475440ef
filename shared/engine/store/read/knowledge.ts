import { parseMapping } from '../../../contract/mapping.ts';
import type { KnowledgeRow } from '../../../contract/rows.ts';
import type { ReadSettings } from '../../../model/read-settings.ts';
import type { SqlDriver } from '../driver.ts';

/** Knowledge saved with the case, by kind and name. */
export const listKnowledge = (db: SqlDriver): readonly KnowledgeRow[] =>
  db
    .prepare('SELECT kind, name, text FROM knowledge ORDER BY kind, name')
    .all<{ kind: KnowledgeRow['kind']; name: string; text: string }>()
    .map(({ kind, name, text }) => ({ kind, name, text }));

/** What the case has saved for every import, as readers take it. What cannot be understood any more is passed over. */
export function knowledgeSettings(db: SqlDriver): ReadSettings {
  const mappings = listKnowledge(db).flatMap(({ kind, text }) => {
    if (kind !== 'mapping') return [];
    const mapping = parseMapping(text);
    return typeof mapping === 'string' ? [] : [mapping];
  });
  return mappings.length === 0 ? {} : { declaredMappings: mappings };
}
