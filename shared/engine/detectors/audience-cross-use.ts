import { claimList } from '../../model/claims.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import { termReader } from '../store/read/terms.ts';
import { MIN_CALLS, OWN_SHARE, readAudiences, type AudienceMap } from '../store/read/credentials/audiences.ts';
import { readReach, reachSteps } from './credentials/sensitive-calls.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { readTokens, type SeenToken } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

/** So many callers who did it in what is usual, none of them alone: the service is run so, and takes both audiences. */
const MIN_HOLDERS = 3;

interface Crossing {
  readonly host: string;
  readonly hostId: number;
  readonly audience: string;
  readonly tokens: SeenToken[];
}

function listCrossings(db: SqlDriver, tokens: readonly SeenToken[], map: AudienceMap): readonly Crossing[] {
  const term = termReader(db);
  const hosts = db.prepare('SELECT host_id AS host FROM credential_host WHERE credential_id = ? AND accepted > 0 ORDER BY 1');
  const crossings = new Map<string, Crossing>();
  for (const token of tokens) {
    const audiences = claimList(token.claims, 'aud');
    if (audiences.length === 0) continue;
    for (const { host: hostId } of hosts.all<{ host: number }>(token.credential)) {
      const host = term(hostId);
      if (host === undefined || map.judge(audiences, host) !== 'foreign') continue;
      const audience = listOf([...audiences].sort());
      const known = crossings.get(`${audience}\n${host}`) ?? { host, hostId, audience, tokens: [] };
      crossings.set(`${audience}\n${host}`, known);
      known.tokens.push(token);
    }
  }
  return [...crossings.values()];
}

/** Calls within what is usual come as often as its share of the whole time, or half as often: what began with an incident has hardly any. Ratio. */
const STEADY = 0.5;
/** Calls within what is usual, of fewer no rate can be told. */
const MIN_EARLY = 5;

/**
 * True when it went on from the beginning, at much the same rate, by several callers all in all: few of them came within what is usual only
 * because they come rarely. Shape: `calls` in time order.
 */
function isSteady(db: SqlDriver, holders: number, calls: readonly { readonly time: number | null }[]): boolean {
  const [from, until] = [Number(getMeta(db, 'baseline_from') ?? NaN), Number(getMeta(db, 'baseline_to') ?? NaN)];
  const last = db.prepare('SELECT max(time) AS time FROM call').get<{ time: number | null }>()?.time ?? NaN;
  if (holders < MIN_HOLDERS || Number.isNaN(from) || Number.isNaN(until) || last <= from) return false;
  const early = calls.filter(({ time }) => time !== null && time <= until).length;
  return early >= MIN_EARLY && early / calls.length >= (STEADY * (until - from)) / (last - from);
}

/** Callers whose tokens for another audience the host took within what is usual. */
function countUsualHolders(db: SqlDriver, { hostId, tokens }: Crossing): number {
  const until = getMeta(db, 'baseline_to');
  if (until === undefined) return 0;
  const early = db.prepare(
    'SELECT 1 FROM call WHERE credential_id = ? AND host_id = ? AND time <= ? AND +status BETWEEN 200 AND 299 LIMIT 1',
  );
  return new Set(
    tokens.flatMap(({ credential, principal }) => (early.get(credential, hostId, Number(until)) === undefined ? [] : (principal ?? []))),
  ).size;
}

function toDraft(db: SqlDriver, crossing: Crossing, map: AudienceMap): FindingDraft {
  const { host, hostId, audience, tokens } = crossing;
  const select = db.prepare(
    `SELECT c.id, c.time, c.tool_id AS tool FROM call c JOIN call_fact f ON f.call_id = c.id
      WHERE c.credential_id = ? AND c.host_id = ? AND f.same_as IS NULL AND +c.status BETWEEN 200 AND 299`,
  );
  const rows = tokens.flatMap(({ credential }) => select.all<{ id: number; time: number | null; tool: number | null }>(credential, hostId));
  const calls = rows.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id).map(({ id }) => id);
  const reach = readReach(db, calls);
  const isTool = rows.some(({ tool }) => tool !== null);
  const own = map.audienceOf(host) ?? '';
  const usual = countUsualHolders(db, crossing);
  const isUsual = usual >= MIN_HOLDERS || isSteady(db, new Set(tokens.map(({ principal }) => principal)).size, rows);
  const because = usual >= MIN_HOLDERS ? `${plural(usual, 'principal')} did so before as well` : 'it went on at much the same rate from the beginning';
  const holders = [...new Set(tokens.map((token) => token.principalLabel))].sort();
  return {
    subject: `${audience} ${host}`,
    title: `${host} accepted ${plural(tokens.length, 'token')} that ${tokens.length === 1 ? 'was' : 'were'} made for ${audience}, in ${plural(calls.length, 'call')} of ${listOf(holders, 3)}; its own tokens are made for ${own}`,
    severity: { base: 'medium', cap: isUsual ? { at: 'low', why: `${because}: the service is run so` } : undefined, steps: [...(isTool ? [{ by: 1, why: 'it serves tools of agents, and MCP asks servers to refuse tokens for others' }] : []), ...reachSteps(reach)] },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + Math.min(0.3, calls.length / 200)),
    principals: [...new Set(tokens.flatMap(({ principal }) => principal ?? []))],
    credentials: tokens.map(({ credential }) => credential),
    endpoints: reach.endpoints,
    chains: reach.chains,
    calls,
    crossedAt: calls[0],
    observed: { host, audience, acceptedCalls: calls.length, tokens: tokens.length },
    expected: { audience: own, principalsWhoUsuallyDoIt: usual },
    benignTested: [
      { explanation: 'another name of the same service', result: `not supported: tokens for ${audience} are otherwise accepted by ${listOf([...new Set(tokens.flatMap(({ claims }) => claimList(claims, 'aud').flatMap((one) => map.hostsOf(one))))].sort(), 3)}` },
      { explanation: 'a service that takes both audiences', result: isUsual ? `supported: ${because}` : 'not supported: hardly anybody did so before' },
      { explanation: 'a gateway that rewrites the host', result: 'possible where both hosts are one gateway’s' },
    ],
    remediation: [`Have ${host} refuse tokens that do not name ${own} as their audience.`, 'Exchange tokens for the next service (RFC 8693) instead of passing them on.'],
  };
} // prettier-ignore

/** Flags hosts that accept tokens made for others. */
export const audienceCrossUse: Detector = {
  id: 'audience-cross-use',
  version: 5,
  title: 'Token for one, accepted by another',
  question: 'Did a service accept tokens that were made for another one?',
  about: {
    catches: 'A token that was made for one service and that another one accepted.',
    inputs: ['readable tokens with an audience, and hosts'],
    falsePositives: ['a gateway that rewrites the host', 'names that mean the same service', 'a wildcard audience by policy'],
  },
  family: 'incident',
  needs: ['principals', 'chains', 'credentials'],
  reads: ['credential'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03', 'MCP07'], attack: ['T1550.001'], atlas: ['AML.T0091.000'], cwe: ['CWE-863', 'CWE-441'] },
  settings: [
    { name: 'minCalls', value: MIN_CALLS, why: 'accepted calls before a host is known to take an audience' },
    { name: 'minHolders', value: MIN_HOLDERS, why: 'principals who did it in what is usual, from which on the service is run so: it is a weakness, not an event' },
    { name: 'ownShare', value: OWN_SHARE, why: 'of an audience’s calls; a host with more is one of those that the audience stands for' },
  ],
  run(db) {
    const tokens = readTokens(db);
    if (!tokens.some(({ claims }) => claimList(claims, 'aud').length > 0))
      return Promise.resolve({ kind: 'not-evaluable', reason: 'no readable token (JWT) names an audience' });
    const map = readAudiences(db);
    return Promise.resolve({ kind: 'evaluated', findings: listCrossings(db, tokens, map).map((crossing) => toDraft(db, crossing, map)) });
  },
}; // prettier-ignore
