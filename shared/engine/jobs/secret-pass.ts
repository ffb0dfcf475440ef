import type { KnownSecrets } from '../reading/known-secrets.ts';
import { MOST_KNOWN } from '../reading/known-secrets.ts';
import type { SqlDriver } from '../store/driver.ts';
import { setMeta } from '../store/meta.ts';
import { UNSEARCHED } from '../store/unsearched.ts';
import { maskEverywhere, reachOf, type MaskTools, type Reach } from './mask-everywhere.ts';
import { raiseEvidenceRevision } from './withdraw.ts';

const note = (db: SqlDriver, where: string, text: string, ...values: number[]): void => {
  db.prepare(`UPDATE source SET notes = json_insert(notes, '$[#]', ?) WHERE ${where}`).run(text, ...values);
};

/** Notes from where on an import's texts may still change, so that no entry of the audit log vouches for them before. */
export function openSearch(db: SqlDriver, resumedFrom: number | undefined): Reach {
  const since = reachOf(db);
  db.transaction(() => {
    setMeta(db, UNSEARCHED, JSON.stringify({ sources: since.source, terms: since.term }));
    if (resumedFrom !== undefined)
      note(
        db,
        'id > ? AND id <= ?',
        'the import broke off after this was read: passwords that only a name gives away were not looked for between it and what was read later',
        resumedFrom,
        since.source,
      );
  });
  return since;
}

/** Masks what the import learned in all that it read, and says in its sources where that changed a call. */
export async function closeSearch(known: KnownSecrets, since: Reach, tools: MaskTools): Promise<void> {
  const { db } = tools;
  const { secrets, tooMany } = known.all();
  const changed = await maskEverywhere(secrets, since, tools);
  const sourceOf = db.prepare('SELECT source_id AS source FROM call WHERE id = ?');
  const calls = new Map<number, number>();
  for (const id of changed) {
    const source = sourceOf.get<{ source: number }>(id)?.source ?? 0;
    calls.set(source, (calls.get(source) ?? 0) + 1);
  }
  db.transaction(() => {
    for (const [source, count] of calls)
      note(
        db,
        'id = ?',
        `${count === 1 ? 'One call holds' : `${String(count)} calls hold`} a secret without its name that another call names; it is masked there, too.`,
        source,
      );
    if (tooMany)
      note(
        db,
        'id > ?',
        `The import names more than ${String(MOST_KNOWN)} secrets of a kind: they are masked where their names stand, and not looked for elsewhere.`,
        since.source,
      );
    if (changed.size > 0) raiseEvidenceRevision(db);
    db.prepare('DELETE FROM meta WHERE key = ?').run(UNSEARCHED);
  });
}
