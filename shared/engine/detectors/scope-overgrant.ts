import { isWildcardScope } from '../../model/claims.ts';
import { isCovered } from '../../model/scopes.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { firstCalls, readTokens, type SeenToken } from './jwt/claims.ts';
import { readNeeds, usedScopes, type Needs } from './jwt/scopes.ts';
import { listOf, plural } from './spoken.ts';

/** Fewer calls than this say little about what a caller needs. */
const MIN_CALLS = 50;
/** Or this long a stretch of use. Units: µs. */
const MIN_SPAN = 7 * 86_400 * 1_000_000;
/** One spare scope is slack, not power. */
const MIN_UNUSED = 2;
/** Words of scopes that move money, change people's rights or destroy. */
const POWER = /admin|write|delete|refund|pay|transfer|export|grant|role|impersonat|manage|full/i;

interface Holder {
  readonly principal: number | undefined;
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly tokens: readonly SeenToken[];
}

/** Tokens by who used them. */
function holdersOf(tokens: readonly SeenToken[]): readonly Holder[] {
  const byKey = new Map<string, SeenToken[]>();
  for (const token of tokens) byKey.set(token.principalKey, [...(byKey.get(token.principalKey) ?? []), token]);
  return [...byKey].map(([key, group]) => {
    const first = group[0];
    return {
      principal: first?.principal,
      key,
      label: first?.principalLabel ?? 'unknown principal',
      kind: first?.principalKind ?? 'unknown',
      tokens: group,
    };
  });
}

/** Calls of a holder and the time they span. Units: µs. */
function activityOf(db: SqlDriver, holder: Holder): { readonly calls: number; readonly span: number } {
  const select = db.prepare(
    'SELECT count(*) AS n, min(c.time) AS first, max(c.time) AS last FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND f.same_as IS NULL',
  );
  let calls = 0;
  let first = Infinity;
  let last = -Infinity;
  for (const token of holder.tokens) {
    const row = select.get<{ n: number; first: number | null; last: number | null }>(token.credential);
    calls += row?.n ?? 0;
    first = Math.min(first, row?.first ?? Infinity);
    last = Math.max(last, row?.last ?? -Infinity);
  }
  return { calls, span: last < first ? 0 : last - first };
}

/** Operations on the most sensitive ground that the unused scopes would open. */
function reachOf(needs: Needs, unused: readonly string[]): { readonly operations: number; readonly worst: number } {
  const open = needs.operations.filter(
    (operation) => operation.scopes.length > 0 && operation.scopes.some((scope) => unused.some((granted) => isCovered(scope, [granted]))),
  );
  // Tools and queries behind one path share its description: they are one operation here.
  const count = (needed: typeof open): number =>
    new Set(needed.map(({ operation, endpoint }) => (operation === undefined ? `endpoint ${String(endpoint)}` : String(operation)))).size;
  return { operations: count(open), worst: count(open.filter(({ sensitivity, movesMoney }) => sensitivity >= 3 || movesMoney)) };
}

function toDraft(db: SqlDriver, holder: Holder, needs: Needs): FindingDraft | undefined {
  const granted = [...new Set(holder.tokens.flatMap((token) => token.scopes))];
  const wild = granted.filter(isWildcardScope);
  const { calls, span } = activityOf(db, holder);
  const enough = calls >= MIN_CALLS || span >= MIN_SPAN;
  const used = usedScopes(db, holder.tokens, needs);
  const unused =
    enough && used.isKnown
      ? granted.filter((scope) => !isWildcardScope(scope) && ![...used.scopes].some((need) => isCovered(need, [scope])))
      : [];
  // What a person may do is settled by the role, and a quiet week proves nothing about it: only wildcards count there.
  const countsUnused = holder.kind !== 'human' && unused.length >= MIN_UNUSED;
  if (wild.length === 0 && !countsUnused) return undefined;
  const powerful = unused.filter((scope) => POWER.test(scope));
  const reach = reachOf(needs, [...unused, ...wild]);
  const steps = [
    ...(wild.length > 0 ? [{ by: 1, why: `${listOf(wild)} opens everything` }] : []),
    ...(wild.length === 0 && powerful.length > 0
      ? [{ by: 1, why: `among the unused are scopes that change things (${listOf(powerful, 3)})` }]
      : []),
  ];
  const isSensitive = reach.worst > 0 || wild.length > 0;
  const what =
    wild.length > 0 && !countsUnused
      ? `holds ${listOf(wild)}, which opens everything`
      : `holds ${plural(granted.length, 'scope')} and used ${String(granted.length - unused.length - wild.length)} of them in ${plural(calls, 'call')}`;
  return {
    subject: holder.key,
    title: `${holder.label} ${what}`,
    severity: { base: 'low', steps },
    ifInIncident: isSensitive
      ? { by: 1, why: 'the credential took part in an incident and its unused scopes reach the most sensitive endpoints' }
      : undefined,
    confidence: used.how === 'specification' ? 'observed' : 'inferred',
    score: Math.min(1, 0.2 + unused.length / 50 + (reach.worst > 0 ? 0.3 : 0)),
    principals: holder.principal === undefined ? [] : [holder.principal],
    credentials: holder.tokens.map((token) => token.credential),
    endpoints: [],
    chains: [],
    calls: firstCalls(
      db,
      holder.tokens.map((token) => token.credential),
    ),
    observed: {
      granted,
      used: [...used.scopes].sort(),
      unused,
      wildcards: wild,
      calls,
      days: Math.round((span / 86_400 / 1e6) * 10) / 10,
      operationsOpenedByUnused: reach.operations,
      ofThemMostSensitive: reach.worst,
    },
    expected: {
      unused: [],
      neededFrom:
        used.how === 'specification' ? 'security requirements of the API description' : 'scopes that all successful tokens shared',
    },
    benignTested: [
      {
        explanation: 'seasonal use',
        result: `not testable beyond the ${String(Math.round(span / 86_400 / 1e6))} days of evidence: unseen is not unneeded`,
      },
      {
        explanation: 'a scope that implies another one',
        result: 'tested: a scope counts as used when a used one is part of it (write implies read, a:* implies a:b)',
      },
    ],
    remediation: [
      `Issue ${holder.label} tokens with ${used.scopes.size === 0 ? 'the scopes of its task only' : listOf([...used.scopes].sort(), 12)}.`,
      'State the observation window beside the change, and watch for 403 in the first week.',
    ],
  };
}

/** Flags credentials that may do far more than their holder ever does. */
export const scopeOvergrant: Detector = {
  id: 'scope-overgrant',
  version: 1,
  title: 'Unused and wildcard scopes',
  question: 'Which credentials carry power that their holder never uses?',
  about: {
    catches: 'Scopes that were granted and that no successful call ever needed, and grants of everything at once.',
    inputs: ['readable tokens with scopes', 'an API description, or enough calls to learn what each endpoint needs'],
    falsePositives: ['use once a season', 'scopes that include each other under names unlike each other'],
  },
  family: 'posture',
  needs: ['principals', 'endpoints'],
  reads: ['credential'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI03', 'NHI5', 'MCP02'],
    attack: ['T1078.004'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-250'],
  },
  settings: [
    { name: 'minCalls', value: MIN_CALLS, why: 'fewer calls say little about what a principal needs' },
    { name: 'minSpan', value: '7 days', why: 'a week shows the weekly jobs' },
    { name: 'minUnused', value: MIN_UNUSED, why: 'one spare scope is slack, not power' },
  ],
  async run(db, breathe) {
    const tokens = readTokens(db).filter((token) => token.scopes.length > 0);
    if (tokens.length === 0) return { kind: 'not-evaluable', reason: 'no credential of the evidence shows its scopes' };
    const needs = readNeeds(db, tokens);
    const findings: FindingDraft[] = [];
    for (const holder of holdersOf(tokens)) {
      const draft = toDraft(db, holder, needs);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    if (findings.length === 0 && needs.how === 'none')
      return {
        kind: 'not-evaluable',
        reason: 'no API description says which scopes an endpoint needs, and too few kinds of token to learn it',
      };
    return { kind: 'evaluated', findings };
  },
};
