import { durationText } from '../../lib/duration.ts';
import { isWildcardScope } from '../../model/claims.ts';
import type { Severity } from '../../contract/report-json.ts';
import { quantileOfSorted, sortNumbers } from '../../lib/stats.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { firstCalls, readTokens, type SeenToken } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** From this many scopes on, or with a wildcard, an agent's token opens most doors. */
const BROAD_SCOPES = 8;

interface Band {
  readonly name: string;
  readonly above: number;
  readonly base: Severity;
  readonly policy: string;
}

/** Longest first. */
const BANDS: readonly Band[] = [
  { name: 'over 30 days', above: 30 * DAY, base: 'high', policy: '30 days' },
  { name: 'over a day', above: DAY, base: 'medium', policy: '24 hours' },
  { name: 'over an hour', above: HOUR, base: 'low', policy: '1 hour' },
];

const lifetimeOf = ({ claims }: SeenToken): number | undefined =>
  typeof claims['exp'] === 'number' && typeof claims['iat'] === 'number' ? claims['exp'] - claims['iat'] : undefined;

/** Refresh tokens live long on purpose; they are redeemed at the issuer, not shown to APIs. */
const isRefresh = ({ header, claims }: SeenToken): boolean =>
  [header['typ'], claims['typ'], claims['token_use'], claims['token_type']].some(
    (value) => typeof value === 'string' && /refresh|offline/i.test(value),
  );

const isBroadAgent = (token: SeenToken): boolean =>
  token.principalKind === 'agent' && (token.scopes.length >= BROAD_SCOPES || token.scopes.some(isWildcardScope));

/** Calls that a token of this lifetime would not have reached; all for minus infinity. Units: s. */
function callsAfter(db: SqlDriver, token: SeenToken, lifetime: number): number {
  const issued = token.claims['iat'];
  if (typeof issued !== 'number') return 0;
  return (
    db
      .prepare(
        'SELECT count(*) AS n FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND +c.time > ? AND f.same_as IS NULL',
      )
      .get<{ n: number }>(token.credential, Math.max(0, (issued + lifetime) * 1e6))?.n ?? 0
  );
}

function toDraft(
  db: SqlDriver,
  band: Band,
  tokens: readonly SeenToken[],
  isBroad: boolean,
  usual: readonly [median: number, p95: number],
): FindingDraft {
  const first = tokens[0];
  const longest = tokens.reduce((most, token) => Math.max(most, lifetimeOf(token) ?? 0), 0);
  const issuer = first?.issuer ?? 'no issuer';
  const owners = [...new Set(tokens.map((token) => token.principalLabel))].sort();
  const late = tokens.reduce((sum, token) => sum + callsAfter(db, token, HOUR), 0);
  const calls = tokens.reduce((sum, token) => sum + callsAfter(db, token, -Infinity), 0);
  const subject = isBroad ? `${issuer} ${band.name} ${first?.principalKey ?? ''}` : `${issuer} ${band.name}`;
  const whose =
    tokens.length === 1
      ? `The token of ${owners[0] ?? 'an unknown principal'} lives`
      : `${plural(tokens.length, 'token')} of ${listOf(owners, 3)} live`;
  return {
    subject,
    title: `${whose} ${tokens.length === 1 ? '' : 'up to '}${durationText(longest)}, longer than ${band.policy}${isBroad ? `, with ${plural(first?.scopes.length ?? 0, 'scope')} in an agent's hands` : ''}`,
    severity: { base: band.base, steps: isBroad ? [{ by: 1, why: 'an agent holds it and it carries broad scopes' }] : [] },
    confidence: 'observed',
    score: Math.min(1, Math.log10(1 + longest / HOUR) / 6 + (isBroad ? 0.2 : 0)),
    principals: [...new Set(tokens.flatMap((token) => token.principal ?? []))],
    credentials: tokens.map((token) => token.credential),
    endpoints: [],
    chains: [],
    calls: firstCalls(
      db,
      tokens.map((token) => token.credential),
    ),
    observed: {
      issuer,
      tokens: tokens.length,
      longestSeconds: longest,
      longest: durationText(longest),
      issuerMedianSeconds: usual[0],
      issuerP95Seconds: usual[1],
      calls,
      callsAfterOneHour: late,
    },
    expected: { atMostSeconds: band.above, policy: band.policy },
    benignTested: [
      {
        explanation: 'refresh or offline tokens',
        result: 'not supported: the tokens came as credentials of API calls and say nothing of the kind',
      },
      { explanation: 'the clock of the issuer', result: 'not supported: lifetime is the difference of two of its own stamps' },
    ],
    remediation: [
      `Have ${issuer} issue tokens of at most one hour; renew by refresh token or client credentials.`,
      `At a lifetime of one hour, ${plural(late, 'call')} of ${plural(calls, 'call')} with ${tokens.length === 1 ? 'this token' : 'these tokens'} would have failed.`,
      ...(isBroad ? ['Revoke this token now: it stays good long after the incident.'] : []),
    ],
  };
}

/** Median and 95th percentile of the lifetimes of an issuer's tokens. Units: s. */
function quantilesOf(dated: readonly SeenToken[], issuer: string | undefined): readonly [median: number, p95: number] {
  const sorted = sortNumbers(dated.filter((token) => token.issuer === issuer).map((token) => lifetimeOf(token) ?? 0));
  return [Math.round(quantileOfSorted(sorted, 0.5)), Math.round(quantileOfSorted(sorted, 0.95))];
}

/** Flags tokens that stay good for longer than anyone can watch them. */
export const jwtLifetime: Detector = {
  id: 'jwt-lifetime',
  version: 2,
  title: 'Long-lived access token',
  question: 'How long does a stolen token stay good?',
  about: {
    catches: 'Tokens that stay good for hours, days or years.',
    inputs: ['readable tokens with issue and end'],
    falsePositives: ['refresh tokens, which are meant to last', 'sign-in of devices'],
  },
  family: 'posture',
  needs: ['principals'],
  reads: ['credential'],
  maps: {
    owaspApi: ['API2:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI03', 'NHI7'],
    attack: ['T1550.001'],
    atlas: ['AML.T0091.000'],
    cwe: ['CWE-613'],
  },
  settings: [
    { name: 'low', value: '1 h', why: 'the usual lifetime of an access token; beyond it a leak outlives the session' },
    { name: 'medium', value: '24 h', why: 'a token leaked today still works tomorrow' },
    { name: 'high', value: '30 days', why: 'longer than most log retention: its misuse cannot even be looked up any more' },
    { name: 'broadScopes', value: BROAD_SCOPES, why: 'with so many scopes a token opens most of an API' },
  ],
  run(db) {
    const tokens = readTokens(db).filter((token) => !isRefresh(token));
    const dated = tokens.filter((token) => lifetimeOf(token) !== undefined);
    if (dated.length === 0) {
      const reason =
        tokens.length === 0
          ? 'no readable token (JWT) came as a credential'
          : 'no token says both when it was issued and when it expires; “Weak or dangerous tokens” names those without';
      return Promise.resolve({ kind: 'not-evaluable', reason });
    }
    const groups = new Map<string, { band: Band; isBroad: boolean; tokens: SeenToken[] }>();
    for (const token of dated) {
      const band = BANDS.find((candidate) => (lifetimeOf(token) ?? 0) > candidate.above);
      if (band === undefined) continue;
      const isBroad = isBroadAgent(token);
      const key = `${token.issuer} ${band.name} ${isBroad ? token.principalKey : ''}`;
      const group = groups.get(key) ?? { band, isBroad, tokens: [] };
      groups.set(key, group);
      group.tokens.push(token);
    }
    return Promise.resolve({
      kind: 'evaluated',
      findings: [...groups.values()].map((group) =>
        toDraft(db, group.band, group.tokens, group.isBroad, quantilesOf(dated, group.tokens[0]?.issuer)),
      ),
    });
  },
};
