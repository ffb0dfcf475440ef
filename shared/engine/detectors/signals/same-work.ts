import type { SqlDriver } from '../../store/driver.ts';

/** What a caller used in the baseline window: calls by endpoint. */
export type Repertoire = ReadonlyMap<number, number>;

/** Reads what each caller used in the baseline window, each once. */
export function repertoireReader(db: SqlDriver): (principal: number) => Repertoire {
  const known = new Map<number, Repertoire>();
  const select = db.prepare(
    'SELECT endpoint_id AS id, calls FROM baseline WHERE principal_id = ? AND endpoint_id IS NOT NULL AND is_new = 0 AND calls > 0',
  );
  return (principal) => {
    let repertoire = known.get(principal);
    if (repertoire === undefined) {
      repertoire = new Map(select.all<{ id: number; calls: number }>(principal).map(({ id, calls }) => [id, calls]));
      known.set(principal, repertoire);
    }
    return repertoire;
  };
}

/**
 * Share of what a caller does that its calls have shown so far: a few calls show little of it.
 * Example: ten operations, of which four were used once and two twice, stand for twelve: 0.83.
 * Source: Chao (1984), "Nonparametric estimation of the number of classes in a population", in the bias-corrected form.
 */
export function shownShare(repertoire: Repertoire): number {
  if (repertoire.size === 0) return 0;
  const counts = [...repertoire.values()];
  const once = counts.filter((calls) => calls === 1).length;
  const twice = counts.filter((calls) => calls === 2).length;
  return repertoire.size / (repertoire.size + (once * (once - 1)) / (2 * (twice + 1)));
}

/**
 * How alike the work of two callers is, from 0 to 1: what they share of all that either used (Jaccard), against the most that two callers
 * of the very same work would share, were each shown as little of it as here.
 */
export function likeness(a: Repertoire, b: Repertoire): number {
  let shared = 0;
  for (const id of a.keys()) if (b.has(id)) shared += 1;
  const all = a.size + b.size - shared;
  if (shared === 0 || all === 0) return 0;
  const [shownA, shownB] = [shownShare(a), shownShare(b)];
  const most = (shownA * shownB) / (shownA + shownB - shownA * shownB);
  return Math.min(1, shared / all / most);
}

/** Share of the others from which on a place is one of theirs: a few colleagues of the caller may be among them. */
const USUAL = 0.1;

/**
 * Share of a caller's calls that go where at most one in ten of the others ever was, from 0 to 1; 0 for a caller whose work is not known.
 * Example: 30 of 46 calls of a member of staff answer tickets and read reports, which no customer does: 0.65.
 */
export function shareApart(own: Repertoire, others: readonly Repertoire[]): number {
  let [apart, all] = [0, 0];
  for (const [id, calls] of own) {
    all += calls;
    if (others.filter((other) => other.has(id)).length <= USUAL * others.length) apart += calls;
  }
  return all === 0 ? 0 : apart / all;
}

/** Words of paths, tags and scopes of functions that administer a system. Source: detections.md, 4. */
const ADMINISTRATIVE =
  /(?:^|[^a-z])(?:admin(?:istration|istrator)?s?|internal|configs?|configuration|roles?|grants?|(?:api-?)?keys?|impersonat(?:e|ion)|exports?|webhooks?)(?:$|[^a-z])/i;

/** True for a path, a tag or a scope of functions of administrators. */
export const isAdministrative = (text: string): boolean => ADMINISTRATIVE.test(text);
