import type { SqlDriver } from '../../store/driver.ts';
import { readTraits, type PrincipalTraits } from '../../store/principal-traits.ts';
import type { IdentityGroups } from '../../store/read/principals/identity-edits.ts';
import { findKeysOfRuns } from './join-keys.ts';
import { findSameSubjects } from './same-subjects.ts';

/** Fewer requests that both were seen on may be a slip of one log. */
const MIN_TOGETHER = 3;
/** Of two names for one caller a third stands on less than this share of the requests, where lines without ids were paired by their time. */
const SLIPS = 0.05;

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly together: number;
}

interface PrincipalRow {
  readonly id: number;
  readonly label: string;
  readonly identity: string;
  readonly rung: number;
  readonly calls: number;
  readonly why: string;
  readonly traits: string;
}

/** 1 for an account of a domain beside its bare name: `ACME\\kim` beside `kim`. */
const fullness = (one: PrincipalRow, other: PrincipalRow): number =>
  Number(one.label.toLowerCase().endsWith(`\\${other.label.toLowerCase()}`));

/** Known callers that two sources name differently on the same request: sightings of one call. */
const PAIRS = `
  SELECT min(f.principal_id, s.principal_id) AS a, max(f.principal_id, s.principal_id) AS b, count(*) AS together
    FROM call_fact f JOIN call_fact s ON s.call_id = f.same_as
    JOIN principal p ON p.id = f.principal_id AND p.weak = 0 JOIN principal q ON q.id = s.principal_id AND q.weak = 0
   WHERE f.same_as IS NOT NULL AND f.principal_id <> s.principal_id GROUP BY 1, 2`;

/**
 * Makes one principal of two that stand on the same requests in two sources (a gateway's consumer and a token's subject in a capture), when
 * each was only ever seen with the other, slips of pairing aside, or under one id that no other has; and gives a key that names nobody to the principal in whose runs alone
 * it was used. Weak ones, and those that the analyst split, stay apart.
 * Returns how many went.
 */
export function joinPrincipals(db: SqlDriver, groups: Pick<IdentityGroups, 'isApart'>): number {
  const pairs = db.prepare(PAIRS).all<Pair>();
  const most = new Map<number, number>();
  for (const { a, b, together } of pairs) for (const id of [a, b]) most.set(id, Math.max(most.get(id) ?? 0, together));
  const partners = new Map<number, number>();
  for (const { a, b, together } of pairs)
    for (const id of [a, b]) if (together > SLIPS * (most.get(id) ?? 0)) partners.set(id, (partners.get(id) ?? 0) + 1);
  const select = db.prepare('SELECT id, label, identity, rung, calls, why, traits FROM principal WHERE id = ?');
  let joined = 0;
  for (const { a, b, together } of pairs) {
    const isSlip = [a, b].some((id) => together <= SLIPS * (most.get(id) ?? 0));
    if (isSlip || together < MIN_TOGETHER || partners.get(a) !== 1 || partners.get(b) !== 1) continue;
    const rows = [select.get<PrincipalRow>(a), select.get<PrincipalRow>(b)].filter((row) => row !== undefined);
    const [keep, drop] = rows.sort(
      (x, y) => x.rung - y.rung || fullness(y, x) - fullness(x, y) || y.calls - x.calls || (x.identity < y.identity ? -1 : 1),
    );
    if (keep === undefined || drop === undefined || groups.isApart(keep.identity, drop.identity)) continue;
    join(db, keep, drop, `both stand on the same ${String(together)} requests, each in a source of its own`);
    joined += 1;
  }
  for (const { consumer, holder, name } of findSameSubjects(db)) {
    const [keep, drop] = [select.get<PrincipalRow>(holder), select.get<PrincipalRow>(consumer)];
    if (keep === undefined || drop === undefined || groups.isApart(keep.identity, drop.identity)) continue;
    join(db, keep, drop, `the consumer of one log and the subject of its tokens are both ${name}, an id that no other has`);
    joined += 1;
  }
  for (const { key, holder, calls } of findKeysOfRuns(db)) {
    const [keep, drop] = [select.get<PrincipalRow>(holder), select.get<PrincipalRow>(key)];
    if (keep === undefined || drop === undefined || groups.isApart(keep.identity, drop.identity)) continue;
    join(
      db,
      keep,
      drop,
      calls === 1
        ? 'the only call with it was made within its runs'
        : `each of the ${String(calls)} calls with it was made within its runs, in a capture of no other principal`,
    );
    joined += 1;
  }
  return joined;
}

function join(db: SqlDriver, keep: PrincipalRow, drop: PrincipalRow, why: string): void {
  const [kept, dropped] = [readTraits(keep.traits), readTraits(drop.traits)];
  const traits: PrincipalTraits = {
    ...dropped,
    ...kept,
    joined: [...(kept.joined ?? []), { identity: drop.identity, label: drop.label, why, by: 'evidence' }, ...(dropped.joined ?? [])],
  };
  db.prepare('UPDATE principal SET traits = ?, why = ? WHERE id = ?').run(
    JSON.stringify(traits),
    `${keep.why} The same as ${drop.label}: ${why}.`,
    keep.id,
  );
  for (const table of ['call_fact', 'credential_use', 'chain'] as const)
    db.prepare(`UPDATE ${table} SET principal_id = ? WHERE principal_id = ?`).run(keep.id, drop.id);
  db.prepare(
    `INSERT INTO operation_use (principal_id, operation_id, calls) SELECT ?, operation_id, calls FROM operation_use WHERE principal_id = ?
     ON CONFLICT (principal_id, operation_id) DO UPDATE SET calls = calls + excluded.calls`,
  ).run(keep.id, drop.id);
  db.prepare('DELETE FROM operation_use WHERE principal_id = ?').run(drop.id);
  db.prepare(
    'UPDATE principal SET calls = (SELECT count(*) FROM call_fact WHERE principal_id = ?), (first_seen, last_seen) = (SELECT min(c.time), max(c.time) FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ?) WHERE id = ?',
  ).run(keep.id, keep.id, keep.id);
  db.prepare('DELETE FROM principal WHERE id = ?').run(drop.id);
}
