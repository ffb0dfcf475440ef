import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readRevocations, type Revoked } from '../store/read/revocation/revoked-when.ts';
import { termReader } from '../store/read/terms.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { listOf, plural } from './spoken.ts';

/** How long a server may go on before it has heard of a revocation: caches of authorizers are this old as a rule. Units: µs. */
const GRACE = 120_000_000;

function toDraft(db: SqlDriver, credential: number, { at: time, call, kind, knownFrom }: Revoked): FindingDraft | undefined {
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
    title: `${named.key} of ${named.label ?? 'an unknown principal'} was ${word} and still accepted in ${plural(after.length, 'call')} by ${listOf(hosts, 2)}, up to ${durationText(Math.round((last.time - time) / 1e6))} later`,
    severity: { base: 'critical', steps: kind === 'revoked' ? [] : [{ by: -1, why: 'its own principal ended the session; nobody withdrew the credential by name' }, ...reachSteps(reach).filter(({ by }) => by > 0)] },
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
      { explanation: 'an authorizer that remembers for a while', result: refused === undefined ? 'not supported: it was never refused in the evidence' : `possible: it was first refused ${durationText(Math.round((refused.time - time) / 1e6))} after` },
      { explanation: 'another credential of the same subject', result: 'not supported: the fingerprint is the same' },
      ...(knownFrom === 'analyst' ? [{ explanation: 'the time of the revocation is not right', result: 'possible: the analyst gave it, the evidence does not show it' }] : []),
    ],
    remediation: [`Withdraw ${named.key} at ${listOf(hosts, 3)} itself; a revocation there did not reach it.`, 'Keep tokens short-lived or ask the issuer about each (RFC 7662), so that a revocation is heard.'],
    story: [
      ...(call === undefined ? [] : [{ call, role: 'revocation', text: `${named.key} was ${word}` }]),
      { call: after[0]?.id ?? last.id, role: 'still accepted', text: `${hosts[0] ?? 'A host'} still accepted it` },
    ],
  };
} // prettier-ignore

/** Flags credentials that work on after they were withdrawn. */
export const credentialAfterRevocation: Detector = {
  id: 'credential-after-revocation',
  version: 3,
  title: 'Used after revocation',
  question: 'Was a credential still accepted after it had been revoked or its session ended?',
  about: {
    catches: 'Calls that were still answered after the credential was revoked or its session ended, also with what was made from it.',
    inputs: ['a revocation in the evidence, or the moment as the analyst gives it'],
    falsePositives: ['clocks that differ', 'a cache of the gateway that forgets after some minutes'],
  },
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains', 'revocations'],
  reads: ['credential', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI10', 'NHI1'], attack: ['T1550.001'], atlas: ['AML.T0091.000'], cwe: ['CWE-613'] },
  settings: [{ name: 'grace', value: '120 s', why: 'after the revocation; authorizers remember their last answer for about as long' }],
  async run(db, breathe) {
    const revocations = readRevocations(db, ['revoked', 'logged-out']);
    if (revocations.size === 0) return { kind: 'not-evaluable', reason: 'neither the evidence nor the analyst knows of a revocation or logout of a credential' };
    const findings: FindingDraft[] = [];
    for (const [credential, revoked] of revocations) {
      const draft = toDraft(db, credential, revoked);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
