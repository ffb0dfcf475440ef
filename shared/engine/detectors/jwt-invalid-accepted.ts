import { greatest } from '../../lib/extremes.ts';
import { durationText } from '../../lib/duration.ts';
import { groupBy } from '../../lib/group-by.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { claimSeconds } from '../../model/claims.ts';
import { signatureSentence } from '../../model/token-signature.ts';
import type { SqlDriver } from '../store/driver.ts';
import { termReader } from '../store/read/terms.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import { readSkews } from './credentials/skew.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { badSignatures, WRONG_SET, type BadSignature } from './jwt/bad-signatures.ts';
import { readTokens, type SeenToken } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

/** Clocks of well kept hosts differ by less. Units: s. */
const TOLERANCE = 60;
/** Tokens of an issuer that make a norm, and the share of them that must agree. */
const MIN_NORM = 20;
const NORM_SHARE = 0.95;
/** Algorithms whose signature of the same text is always the same (RFC 7518; RFC 8032): two different ones cannot both be right. */
const DETERMINISTIC = /^(?:HS|RS)\d+$|^EdDSA$/;

type Flaw = 'expired' | 'not-yet' | 'two-signatures' | 'other-algorithm' | 'bad-signature';
const WORDS: Readonly<Record<Exclude<Flaw, 'bad-signature'>, string>> = {
  expired: 'after it had expired',
  'not-yet': 'before it became valid',
  'two-signatures': 'though another token says the same words under another signature',
  'other-algorithm': 'though its issuer signs all others with a private key and this one is signed with a shared secret',
};

interface Hit {
  readonly flaw: Flaw;
  readonly calls: readonly number[];
  /** How far outside its dates; 0 for other flaws. Units: s. */
  readonly by: number;
}

/** Accepted calls of a token outside its dates, as far as the host's clock allows. */
function outside(db: SqlDriver, token: SeenToken, skews: ReadonlyMap<number, number>): readonly Hit[] {
  const until = claimSeconds(token.claims, 'exp');
  const from = claimSeconds(token.claims, 'nbf');
  const rows = db
    .prepare(
      `SELECT c.id, c.time / 1e6 AS at, ifnull(c.host_id, 0) AS host FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND f.same_as IS NULL AND +c.status BETWEEN 200 AND 299 AND (+c.time > ? OR +c.time < ?) ORDER BY c.time, c.record`,
    )
    .all<{ id: number; at: number; host: number }>(token.credential, ((until ?? 1e10) + TOLERANCE) * 1e6, ((from ?? 0) - TOLERANCE) * 1e6);
  const allowed = (host: number): number => TOLERANCE + (skews.get(host) ?? 0);
  const late = rows.filter(({ at, host }) => until !== undefined && at > until + allowed(host));
  const early = rows.filter(({ at, host }) => from !== undefined && at < from - allowed(host));
  return [
    ...(late.length === 0 ? [] : [{ flaw: 'expired' as const, calls: late.map(({ id }) => id), by: (late.at(-1)?.at ?? 0) - (until ?? 0) }]),
    ...(early.length === 0 ? [] : [{ flaw: 'not-yet' as const, calls: early.map(({ id }) => id), by: (from ?? 0) - (early[0]?.at ?? 0) }]),
  ];
} // prettier-ignore

const acceptedCalls = (db: SqlDriver, credential: number): readonly number[] =>
  db
    .prepare(
      'SELECT c.id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND f.same_as IS NULL AND +c.status BETWEEN 200 AND 299 ORDER BY c.time, c.record',
    )
    .all<{ id: number }>(credential)
    .map(({ id }) => id);

const algorithmOf = ({ header }: SeenToken): string => (typeof header['alg'] === 'string' ? header['alg'] : '');

/** Tokens whose words another one says under another signature, save the one that was used first. */
function twins(tokens: readonly SeenToken[]): ReadonlySet<number> {
  const signed = tokens.filter((token) => DETERMINISTIC.test(algorithmOf(token)) && Object.keys(token.claims).length > 0);
  const byWords = groupBy(signed, ({ header, claims }) => canonicalJson({ header, claims }));
  return new Set([...byWords.values()].flatMap((same) => same.slice(1).map(({ credential }) => credential)));
}

/** Tokens under a shared secret whose issuer signs with a private key. */
function strays(tokens: readonly SeenToken[]): ReadonlySet<number> {
  return new Set(
    [...groupBy(tokens, ({ issuer }) => issuer).values()].flatMap((group) => {
      const shared = group.filter((token) => algorithmOf(token).startsWith('HS'));
      const isNorm = group.length >= MIN_NORM && (group.length - shared.length) / group.length >= NORM_SHARE;
      return isNorm ? shared.map(({ credential }) => credential) : [];
    }),
  );
}

/** What the check of the signature says against the finding, or for it. */
function signatureTest({ signature, issuer }: SeenToken, bad: BadSignature | undefined): FindingDraft['benignTested'] {
  if (signature === undefined)
    return [{ explanation: 'a signature was checked', result: 'cannot be told: the case held no keys of the issuer when the token was read' }];
  const checked = { explanation: 'a signature was checked', result: signatureSentence(signature) };
  if (bad === undefined) return [checked];
  return [
    checked,
    {
      explanation: 'the key set is of another issuer, or of another time',
      result: bad.genuine > 0
        ? `not supported: ${plural(bad.genuine, 'token')} of ${issuer} ${bad.genuine === 1 ? 'verifies' : 'verify'} with the keys of the case`
        : bad.proven ? 'not supported: the token is made from the key in the case' : `possible: no token of ${issuer} verifies with the keys of the case`,
    },
  ];
} // prettier-ignore

const SIGNATURE_REMEDY =
  'Verify the signature of every token in the service that answers, with the issuer’s published keys and one or two fixed algorithms; revoking does not stop whoever forges.';

function toDraft(db: SqlDriver, token: SeenToken, hits: readonly Hit[], hosts: readonly string[], bad: BadSignature | undefined): FindingDraft {
  const calls = [...new Set(hits.flatMap((hit) => hit.calls))];
  const reach = readReach(db, calls);
  const most = greatest(hits.map(({ by }) => by));
  return {
    subject: token.key,
    title: `${listOf(hosts, 2)} accepted ${token.key} of ${token.principalLabel} in ${plural(calls.length, 'call')} ${listOf(hits.map(({ flaw, by }) => `${flaw === 'bad-signature' ? (bad?.words ?? '') : WORDS[flaw]}${by > 0 ? ` (by up to ${durationText(Math.round(by))})` : ''}`))}`,
    claim: `${listOf(hosts, 2)} accepted ${token.key} of ${token.principalLabel}, which is not valid`,
    severity: { base: bad?.proven === true ? 'critical' : 'high', steps: [...reachSteps(reach), ...(hits.some(({ flaw }) => flaw === 'other-algorithm') ? [{ by: 1, why: 'whoever has the public key can write such tokens' }] : [])] },
    confidence: hits.every(({ flaw }) => flaw === 'two-signatures' || (flaw === 'bad-signature' && bad?.proven !== true)) ? 'suspected' : 'observed',
    score: Math.min(1, 0.5 + Math.min(0.3, calls.length / 100) + (most > 3600 ? 0.1 : 0)),
    principals: token.principal === undefined ? [] : [token.principal],
    credentials: [token.credential],
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls,
    crossedAt: calls[0],
    observed: { flaws: hits.map(({ flaw }) => flaw), acceptedCalls: calls.length, hosts, ...(most > 0 ? { secondsOutside: Math.round(most) } : {}) },
    expected: { acceptedCalls: 0 },
    benignTested: [
      { explanation: 'a clock that is off', result: most > 0 ? 'not supported: the tolerance is a minute beyond what other tokens show of the host’s clock' : 'not applicable' },
      { explanation: 'the server asks the issuer instead of reading the dates (introspection)', result: 'possible: the evidence does not show what the server asks' },
      ...signatureTest(token, bad),
    ],
    remediation: [...(bad === undefined ? [] : [SIGNATURE_REMEDY]), 'Check `exp`, `nbf` and the algorithm in the service that answers, with a tolerance of a minute at most.', `Revoke ${token.key}.`],
  };
} // prettier-ignore

/** Flags hosts that accept tokens that they must refuse. */
export const jwtInvalidAccepted: Detector = {
  id: 'jwt-invalid-accepted',
  version: 2,
  title: 'Invalid token accepted',
  question: 'Did a server accept a token that had expired, was not yet valid, or cannot be genuine?',
  about: {
    catches: 'Tokens that a server took although they had expired, were not yet valid, or had been altered.',
    inputs: ['readable tokens and statuses'],
    falsePositives: ['a clock of the logging host that is off', 'services that ask the issuer instead of checking themselves'],
  },
  family: 'incident',
  needs: ['principals', 'chains', 'credentials'],
  reads: ['credential', 'status'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1606', 'T1550.001'], atlas: ['AML.T0091.000'], cwe: ['CWE-347', 'CWE-613'] },
  settings: [
    { name: 'tolerance', value: `${String(TOLERANCE)} s`, why: 'between the dates of a token and the clock of a log, beyond what other tokens show of that clock' },
    { name: 'norm', value: NORM_SHARE, why: `share of at least ${String(MIN_NORM)} tokens of an issuer that makes its way of signing a norm` },
    { name: 'wrongSet', value: WRONG_SET, why: 'tokens of an issuer that fail while none verifies: then the key set is taken for another issuer’s' },
  ],
  async run(db, breathe) {
    const tokens = readTokens(db);
    if (tokens.length === 0) return { kind: 'not-evaluable', reason: 'no readable token (JWT) came as a credential' };
    if (db.prepare('SELECT 1 FROM call WHERE credential_id IS NOT NULL AND status IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no call with a token shows its status, so nothing says what was accepted' };
    const skews = readSkews(db);
    const [twice, stray, forged] = [twins(tokens), strays(tokens), badSignatures(tokens)];
    const stale = new Set(db.prepare('SELECT DISTINCT credential_id AS id FROM credential_host WHERE stale_accepted > 0').all<{ id: number }>().map(({ id }) => id));
    const term = termReader(db);
    const hostsOf = db.prepare('SELECT DISTINCT host_id AS host FROM credential_host WHERE credential_id = ? AND accepted > 0 ORDER BY 1');
    const findings: FindingDraft[] = [];
    for (const token of tokens) {
      const bad = forged.get(token.credential);
      const isTwin = twice.has(token.credential) && token.signature?.reason !== 'fits';
      const all = isTwin || stray.has(token.credential) || bad !== undefined ? acceptedCalls(db, token.credential) : [];
      const hits: readonly Hit[] = [
        ...(stale.has(token.credential) ? outside(db, token, skews) : []),
        ...(bad !== undefined && all.length > 0 ? [{ flaw: 'bad-signature' as const, calls: all, by: 0 }] : []),
        ...(isTwin && all.length > 0 ? [{ flaw: 'two-signatures' as const, calls: all, by: 0 }] : []),
        ...(stray.has(token.credential) && all.length > 0 ? [{ flaw: 'other-algorithm' as const, calls: all, by: 0 }] : []),
      ];
      const hosts = hostsOf.all<{ host: number }>(token.credential).map(({ host }) => term(host) ?? 'an unnamed host');
      if (hits.length > 0) findings.push(toDraft(db, token, hits, [...hosts].sort(), bad));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
