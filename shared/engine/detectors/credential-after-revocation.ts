import type { SqlDriver } from '../store/driver.ts';
import { readRevocations, type Revoked } from '../store/read/revocation/revoked-when.ts';
import { termReader } from '../store/read/terms.ts';
import { listHandedIn, readFingerprints } from './credentials/handed-in.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { listOf, plural, spanOf } from './spoken.ts';

/** How long a server may go on before it has heard of a revocation: caches of authorizers are this old as a rule. Units: µs. */
const GRACE = 120_000_000;
/** Where a token is handed in to be revoked (RFC 7009). */
const REVOKE_PATH = /(?:^|[/._-])(?:revoke|revocation|invalidate)(?:$|[/._-])/i;
const TOKEN_FIELD = /(?:^|[.\]])(?:token|access_?token|refresh_?token|api_?key|key)$/i;
/** Where a caller ends its own session. */
const LOGOUT_PATH = /(?:^|[/._-])(?:log-?out|log-?off|sign-?out|end-?session)(?:$|[/._-])/i;

interface Revocation {
  readonly credential: number;
  readonly time: number;
  /** The call that did it; absent where the analyst says so, or a DELETE named the token by its id. */
  readonly call: number | undefined;
  readonly kind: 'revoked' | 'logged-out';
  readonly saidBy: Revoked['knownFrom'];
}

/**
 * Revocations that are known: by the analyst, which stands above the rest; tokens handed in at a revocation operation or named by
 * their id; sessions ended by their own caller. The first one of each counts.
 */
async function listRevocations(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Revocation[]> {
  const byFingerprint = readFingerprints(db);
  const revoked = (await listHandedIn(db, REVOKE_PATH, TOKEN_FIELD, breathe)).flatMap(({ fingerprint, status, time, call }): readonly Revocation[] => {
    const credential = byFingerprint.get(fingerprint);
    return credential === undefined || status === null || status < 200 || status >= 300 ? [] : [{ credential, time, call, kind: 'revoked', saidBy: 'evidence' }];
  });
  const ends = db
    .prepare('SELECT id, template FROM endpoint WHERE method IN (?, ?, ?) ORDER BY key')
    .all<{ id: number; template: string }>('POST', 'DELETE', 'GET')
    .filter(({ template }) => LOGOUT_PATH.test(template));
  const select = db.prepare(
    `SELECT c.id AS call, c.time, c.credential_id AS credential FROM call_fact f JOIN call c ON c.id = f.call_id
      WHERE f.endpoint_id = ? AND f.same_as IS NULL AND c.status BETWEEN 200 AND 399 AND c.credential_id IS NOT NULL AND c.time IS NOT NULL ORDER BY c.time, c.record`,
  );
  const ended = ends.flatMap(({ id }) => select.all<{ call: number; time: number; credential: number }>(id).map((row) => ({ ...row, kind: 'logged-out' as const, saidBy: 'evidence' as const })));
  const first = new Map<number, Revocation>();
  for (const one of [...revoked, ...ended].sort((a, b) => a.time - b.time)) if (!first.has(one.credential)) first.set(one.credential, one);
  for (const [credential, { at, knownFrom }] of readRevocations(db)) {
    const seen = first.get(credential);
    if (seen === undefined || at < seen.time || knownFrom === 'analyst') first.set(credential, { credential, time: at, call: seen?.time === at ? seen.call : undefined, kind: 'revoked', saidBy: knownFrom });
  }
  return [...first.values()];
} // prettier-ignore

function toDraft(db: SqlDriver, { credential, time, call, kind, saidBy }: Revocation): FindingDraft | undefined {
  const uses = db
    .prepare(
      `SELECT c.id, c.time, c.host_id AS host, ifnull(c.status BETWEEN 200 AND 299, 0) AS ok FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND f.same_as IS NULL AND +c.time > ? ORDER BY c.time, c.record`,
    )
    .all<{ id: number; time: number; host: number | null; ok: number }>(credential, time);
  const after = uses.filter((use) => use.ok === 1 && use.time > time + GRACE);
  const named = db
    .prepare('SELECT u.key, u.principal_id AS principal, p.label FROM credential_use u LEFT JOIN principal p ON p.id = u.principal_id WHERE u.credential_id = ?')
    .get<{ key: string; principal: number | null; label: string | null }>(credential);
  const last = after.at(-1);
  if (named === undefined || last === undefined) return undefined;
  const term = termReader(db);
  const hosts = [...new Set(after.map(({ host }) => term(host) ?? 'an unnamed host'))].sort();
  const refused = uses.find(({ ok }) => ok === 0);
  const reach = readReach(db, after.map(({ id }) => id));
  const word = kind === 'revoked' ? 'revoked' : 'logged out';
  return {
    subject: named.key,
    title: `${named.key} of ${named.label ?? 'an unknown caller'} was ${word} and still accepted in ${plural(after.length, 'call')} by ${listOf(hosts, 2)}, up to ${spanOf(Math.round((last.time - time) / 1e6))} later`,
    severity: { base: 'critical', steps: kind === 'revoked' ? [] : [{ by: -1, why: 'its own caller ended the session; nobody withdrew the credential by name' }, ...reachSteps(reach).filter(({ by }) => by > 0)] },
    confidence: 'observed',
    score: Math.min(1, 0.6 + Math.min(0.3, after.length / 100)),
    principals: named.principal === null ? [] : [named.principal],
    credentials: [credential],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls: [...(call === undefined ? [] : [call]), ...after.map(({ id }) => id)],
    crossedAt: after[0]?.id,
    observed: { acceptedAfter: after.length, acceptedBy: hosts, lastSecondsAfter: Math.round((last.time - time) / 1e6), ...(refused === undefined ? {} : { firstRefusedSecondsAfter: Math.round((refused.time - time) / 1e6) }) },
    expected: { acceptedAfter: 0, graceSeconds: GRACE / 1e6 },
    benignTested: [
      { explanation: 'an authorizer that remembers for a while', result: refused === undefined ? 'not supported: it was never refused in the evidence' : `possible: it was first refused ${spanOf(Math.round((refused.time - time) / 1e6))} after` },
      { explanation: 'another credential of the same subject', result: 'not supported: the fingerprint is the same' },
      ...(saidBy === 'analyst' ? [{ explanation: 'the time of the revocation is not right', result: 'possible: the analyst gave it, the evidence does not show it' }] : []),
    ],
    remediation: [`Withdraw ${named.key} at ${listOf(hosts, 3)} itself; a revocation there did not reach it.`, 'Keep tokens short-lived or ask the issuer about each (RFC 7662), so that a revocation is heard.'],
    story: [
      ...(call === undefined ? [] : [{ call, role: 'revocation', text: `${named.key} was ${word}` }]),
      { call: after[0]?.id ?? last.id, role: 'still accepted', text: `${hosts[0] ?? 'a host'} still accepted it` },
    ],
  };
} // prettier-ignore

/** Flags credentials that work on after they were withdrawn. */
export const credentialAfterRevocation: Detector = {
  id: 'credential-after-revocation',
  version: 2,
  title: 'Used after revocation',
  question: 'Was a credential still accepted after it had been revoked or its session ended?',
  about: {
    catches: 'Calls that were still answered after the credential was revoked or its session ended, also with what was made from it.',
    inputs: ['a revocation in the evidence, or the moment as the analyst gives it'],
    falsePositives: ['clocks that differ', 'a cache of the gateway that forgets after some minutes'],
  },
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI10', 'NHI1'], attack: ['T1550.001'], atlas: ['AML.T0091.000'], cwe: ['CWE-613'] },
  settings: [{ name: 'grace', value: '120 s', why: 'after the revocation; authorizers remember their last answer for about as long' }],
  async run(db, breathe) {
    const revocations = await listRevocations(db, breathe);
    if (revocations.length === 0) return { kind: 'not-evaluable', reason: 'neither the evidence nor the analyst knows of a revocation or logout of a credential' };
    const findings: FindingDraft[] = [];
    for (const revocation of revocations) {
      const draft = toDraft(db, revocation);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
