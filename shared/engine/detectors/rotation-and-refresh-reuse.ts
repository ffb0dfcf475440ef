import { durationText } from '../../lib/duration.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listHandedIn, type HandedIn } from '../store/read/handed-in.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { firstCalls } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

const DAY = 86_400_000_000;
/** A static secret older than this should have been replaced. Units: µs. */
const OLD = 90 * DAY;
/** After a rotation the old key may be used this long, so that nothing breaks. Units: µs. */
const OVERLAP = DAY;
/** A client that did not hear the answer tries again at once. Units: µs. */
const RETRY = 10_000_000;
const TOKEN_PATH = /(?:^|[/._-])(?:oauth2?|token|tokens|refresh|auth|sessions?|login)(?:$|[/._-])/i;
const REFRESH_FIELD = /refresh_?token$/i;

const isAccepted = ({ status }: HandedIn): boolean => status !== null && status >= 200 && status < 300;

/** Redemptions of one refresh token that succeeded, but for a retry of the same client. */
function reuses(all: readonly HandedIn[]): readonly (readonly HandedIn[])[] {
  return [...groupBy(all.filter(isAccepted), ({ fingerprint }) => fingerprint).values()].flatMap((same) => {
    const [first, ...later] = same;
    if (first === undefined) return [];
    const again = later.filter((one) => one.time - first.time > RETRY || one.ip !== first.ip || one.userAgent !== first.userAgent);
    return again.length === 0 ? [] : [[first, ...again]];
  });
}

/** Refresh tokens of an issuer that are all redeemed again and again are not rotated there: policy, not theft. */
function isPolicy(used: readonly HandedIn[], all: readonly HandedIn[], everyReuse: readonly (readonly HandedIn[])[]): boolean {
  const [first] = used;
  const here = new Set(all.filter(({ endpoint, status }) => endpoint === first?.endpoint && status !== null && status < 300).map(({ fingerprint }) => fingerprint));
  const again = everyReuse.filter(([other]) => other?.endpoint === first?.endpoint);
  return here.size >= 3 && again.length * 2 > here.size;
} // prettier-ignore

function reuseDraft(used: readonly HandedIn[], policy: boolean): FindingDraft | undefined {
  const [first] = used;
  if (first === undefined) return undefined;
  const places = new Set(used.map(({ ip, userAgent }) => `${String(ip)} ${String(userAgent)}`)).size;
  if (policy && places < 2) return undefined;
  const span = Math.round(((used.at(-1)?.time ?? first.time) - first.time) / 1e6);
  return {
    subject: `refresh ${first.endpointKey} ${String(first.time)}`,
    title: `One refresh token was redeemed ${plural(used.length, 'time')} at ${first.endpointKey} within ${durationText(span)}${places > 1 ? `, from ${plural(places, 'place')}` : ''}`,
    severity: { base: 'high', steps: [...(policy ? [{ by: -1, why: 'the issuer does not rotate refresh tokens: most are redeemed more than once' }] : []), ...(places > 1 ? [] : [{ by: -1, why: 'always the same address and program' }])] },
    confidence: places > 1 ? 'inferred' : 'suspected',
    score: Math.min(1, 0.4 + (places > 1 ? 0.3 : 0) + Math.min(0.2, used.length / 20)),
    principals: [...new Set(used.flatMap(({ principal }) => principal ?? []))],
    credentials: [],
    endpoints: [first.endpoint],
    chains: [],
    calls: used.map(({ call }) => call),
    crossedAt: used[1]?.call,
    observed: { redemptions: used.length, places, seconds: span },
    expected: { redemptions: 1 },
    benignTested: [
      { explanation: 'a retry of a redemption whose answer was lost', result: `left out: refused ones, and those of the same client within ${String(RETRY / 1e6)} s` },
      { explanation: 'an issuer that does not rotate', result: policy ? 'supported: most refresh tokens are redeemed more than once' : 'not supported: others are redeemed once' },
    ],
    remediation: ['End the whole family of tokens that came from this one (RFC 9700, section 4.14.2).', 'Rotate refresh tokens at every use, or bind them to the client.'],
  };
} // prettier-ignore

interface Key {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly first: number;
  readonly last: number;
  readonly principal: number;
  readonly label: string;
}

/** Keys and passwords, which stay good until somebody replaces them, by owner. */
const listKeys = (db: SqlDriver): readonly Key[] =>
  db
    .prepare(
      `SELECT u.credential_id AS id, u.key, k.kind, u.first_use AS first, u.last_use AS last, p.id AS principal, p.label
         FROM credential_use u JOIN credential k ON k.id = u.credential_id JOIN principal p ON p.id = u.principal_id
        WHERE k.kind IN ('api-key', 'basic') AND u.first_use IS NOT NULL ORDER BY u.first_use, u.key`,
    )
    .all<Key>();

/** The old key of one owner at work long after the new one came. */
const overlaps = (keys: readonly Key[]): readonly (readonly [old: Key, next: Key])[] =>
  [...groupBy(keys, ({ principal, kind }) => `${String(principal)} ${kind}`).values()].flatMap((own) =>
    own.slice(1).flatMap((next, index) => {
      const old = own[index];
      // Keys that begin together are two keys, not a rotation.
      return old !== undefined && next.first - old.first > OVERLAP && old.last - next.first > OVERLAP ? [[old, next] as const] : [];
    }),
  );

function overlapDraft(db: SqlDriver, [old, next]: readonly [Key, Key]): FindingDraft {
  const span = durationText(Math.round((old.last - next.first) / 1e6));
  return {
    subject: `overlap ${old.key} ${next.key}`,
    title: `${old.key} of ${old.label} was used for another ${span} after ${next.key} had taken over`,
    severity: { base: 'low', steps: [] },
    confidence: 'inferred',
    score: 0.3,
    principals: [old.principal],
    credentials: [old.id, next.id],
    endpoints: [],
    chains: [],
    calls: firstCalls(db, [old.id, next.id]),
    observed: { overlapSeconds: Math.round((old.last - next.first) / 1e6) },
    expected: { overlapSecondsAtMost: OVERLAP / 1e6 },
    benignTested: [{ explanation: 'two keys for two purposes', result: 'possible: the evidence does not say what a key is for' }],
    remediation: [`Withdraw ${old.key} once nothing depends on it.`],
  };
}

function ageDraft(db: SqlDriver, old: readonly Key[], isWhole: boolean, span: number): FindingDraft {
  const days = durationText(Math.round(span / 1e6));
  return {
    subject: 'static credentials',
    title: `${plural(old.length, 'static credential')} of ${listOf([...new Set(old.map(({ label }) => label))].sort(), 3)} ${old.length === 1 ? 'was' : 'were'} in use ${isWhole ? `over all of the evidence, ${days},` : 'for more than 90 days'} without being replaced`,
    claim: `${plural(old.length, 'static credential')} ${old.length === 1 ? 'was' : 'were'} never replaced`,
    severity: { base: isWhole ? 'info' : 'low', steps: [] },
    confidence: 'observed',
    score: 0.1,
    principals: [...new Set(old.map(({ principal }) => principal))],
    credentials: old.map(({ id }) => id),
    endpoints: [],
    chains: [],
    calls: firstCalls(db, old.map(({ id }) => id)),
    observed: { credentials: old.length, evidence: days },
    expected: { age: 'at most 90 days' },
    benignTested: [{ explanation: 'replaced before or after the evidence', result: isWhole ? `possible: the evidence spans only ${days}` : 'not supported within the evidence' }],
    remediation: ['Replace static keys by tokens that expire, or rotate them every 90 days.'],
  };
} // prettier-ignore

/** The share of the evidence over which a key must be seen to count as unchanged in a bundle shorter than 90 days. */
const WHOLE = 0.9;
const MIN_SPAN = DAY;

/** Flags refresh tokens that are redeemed twice and static keys that are never replaced. */
export const rotationAndRefreshReuse: Detector = {
  id: 'rotation-and-refresh-reuse',
  version: 1,
  title: 'Keys never replaced, refresh tokens used twice',
  question: 'Are static credentials replaced, and was a refresh token redeemed more than once?',
  about: {
    catches: 'Static credentials that are never replaced, and refresh tokens that were redeemed twice.',
    inputs: ['evidence over weeks, for the age', 'sign-in calls with bodies, for the reuse'],
    falsePositives: ['a redemption that failed and was tried again', 'a rotation that policy has switched off'],
  },
  family: 'posture',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['credential', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['NHI7'], attack: ['T1528', 'T1550.001'], atlas: ['AML.T0091.000'], cwe: ['CWE-613', 'CWE-294'] },
  settings: [
    { name: 'age', value: '90 days', why: 'the usual policy for secrets that do not expire; in shorter evidence its whole length, as a note' },
    { name: 'overlap', value: '24 h', why: 'an old key may work on after a rotation, so that nothing breaks' },
    { name: 'retry', value: '10 s', why: 'the same client asks again when it did not hear the answer' },
  ],
  async run(db, breathe) {
    const redeemed = await listHandedIn(db, TOKEN_PATH, REFRESH_FIELD, breathe);
    const keys = listKeys(db);
    if (redeemed.length === 0 && keys.length === 0)
      return { kind: 'not-evaluable', reason: 'no static credential came with a call, and no redemption of a refresh token shows its body' };
    const span = (db.prepare('SELECT max(time) - min(time) AS n FROM call').get<{ n: number | null }>()?.n) ?? 0;
    const old = keys.filter(({ first, last }) => last - first >= OLD);
    const whole = span >= MIN_SPAN && span < OLD ? keys.filter(({ first, last }) => last - first >= span * WHOLE) : [];
    const again = reuses(redeemed);
    return {
      kind: 'evaluated',
      findings: [
        ...again.flatMap((used) => reuseDraft(used, isPolicy(used, redeemed, again)) ?? []),
        ...overlaps(keys).map((pair) => overlapDraft(db, pair)),
        ...(old.length > 0 ? [ageDraft(db, old, false, span)] : whole.length > 0 ? [ageDraft(db, whole, true, span)] : []),
      ],
    };
  },
}; // prettier-ignore
