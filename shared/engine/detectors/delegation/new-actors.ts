import { actorChain, claimText } from '../../../model/claims.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getMeta } from '../../store/meta.ts';
import type { SeenToken } from '../jwt/claims.ts';

/** A further actor must be less likely than this before it is news. Ratio. */
export const MAX_NEW = 0.01;

/** An actor that a subject never had before. */
export interface NewActor {
  readonly subject: string;
  readonly actor: string;
  readonly tokens: readonly SeenToken[];
  readonly calls: readonly number[];
  /** Delegated calls of the subject in the baseline window, and the chance of another actor that they leave. */
  readonly known: number;
  readonly chance: number;
}

/**
 * Actors first seen for a subject after the baseline window, where the window leaves less than one percent for another one.
 * The chance is Good and Turing's share of the unseen, actors seen once over calls, with one added to both so that a short window does not prove anything.
 * Source: I. J. Good (1953), "The population frequencies of species".
 */
export function findNewActors(db: SqlDriver, tokens: readonly SeenToken[]): readonly NewActor[] {
  const until = getMeta(db, 'baseline_to');
  if (until === undefined) return [];
  const bySubject = new Map<string, SeenToken[]>();
  for (const token of tokens) {
    const subject = claimText(token.claims, 'sub');
    if (subject === undefined) continue;
    const key = JSON.stringify([token.issuer, subject]);
    bySubject.set(key, [...(bySubject.get(key) ?? []), token]);
  }
  const select = db.prepare(
    'SELECT c.id, c.time <= ? AS early FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND c.time IS NOT NULL AND f.same_as IS NULL ORDER BY c.time, c.id',
  );
  return [...bySubject].flatMap(([key, group]) => {
    const actors = new Map<string, { early: number; late: number[]; tokens: SeenToken[] }>();
    for (const token of group) {
      const name = actorChain(token.claims)[0];
      if (name === undefined) continue;
      const actor = actors.get(name) ?? { early: 0, late: [], tokens: [] };
      actors.set(name, actor);
      actor.tokens.push(token);
      for (const { id, early } of select.all<{ id: number; early: number }>(Number(until), token.credential))
        if (early === 1) actor.early += 1;
        else actor.late.push(id);
    }
    const known = [...actors.values()].reduce((sum, { early }) => sum + early, 0);
    const once = [...actors.values()].filter(({ early }) => early === 1).length;
    const chance = (once + 1) / (known + 1);
    if (known === 0 || chance >= MAX_NEW) return [];
    return [...actors].flatMap(([actor, { early, late, tokens: own }]) =>
      early > 0 || late.length === 0 ? [] : [{ subject: key, actor, tokens: own, calls: late, known, chance }],
    );
  });
}
