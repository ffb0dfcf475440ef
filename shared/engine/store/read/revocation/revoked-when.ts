import type { SqlDriver } from '../../driver.ts';
import { listDecisions } from './decisions.ts';

/** `logged-out`: its own caller ended the session; nobody withdrew the credential by name. */
export type EndKind = 'revoked' | 'logged-out';

/** When a credential was withdrawn, and what says so. */
export interface Revoked {
  /** Units: µs. */
  readonly at: number;
  readonly kind: EndKind;
  readonly knownFrom: 'analyst' | 'evidence';
  readonly why: string;
  /** Row id of the call that did it; absent where only the analyst says so. */
  readonly call?: number;
}

interface Row {
  readonly credential: number;
  readonly kind: EndKind;
  readonly time: number;
  readonly call: number;
  readonly ref: string;
}

const ENDS = `SELECT e.credential_id AS credential, e.kind, e.time, e.call_id AS call, s.name || '#' || c.record AS ref
  FROM credential_end e JOIN call c ON c.id = e.call_id JOIN source s ON s.id = c.source_id
  WHERE e.kind IN (SELECT value FROM json_each(?)) ORDER BY e.time, e.kind DESC, e.credential_id`;

/**
 * The withdrawals that are known, by row id of the credential: what the revocations pass found, the first of each, and above it what the
 * analyst says. The only reader of them.
 */
export function readRevocations(db: SqlDriver, kinds: readonly EndKind[] = ['revoked']): ReadonlyMap<number, Revoked> {
  const known = new Map<number, Revoked>();
  for (const { credential, kind, time, call, ref } of db.prepare(ENDS).all<Row>(JSON.stringify(kinds)))
    if (!known.has(credential))
      known.set(credential, {
        at: time,
        kind,
        call,
        knownFrom: 'evidence',
        why: `${ref} ${kind === 'revoked' ? 'revoked it' : 'ended its session'}`,
      });
  const byFingerprint = db.prepare('SELECT id FROM credential WHERE fingerprint = ?');
  for (const [fingerprint, { revokedAt }] of listDecisions(db)) {
    const id = byFingerprint.get<{ id: number }>(fingerprint)?.id;
    if (id !== undefined && revokedAt !== undefined)
      known.set(id, { at: revokedAt, kind: 'revoked', knownFrom: 'analyst', why: 'the analyst gave the time' });
  }
  return known;
}
