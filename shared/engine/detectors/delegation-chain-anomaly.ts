import { isJsonObject } from '../../lib/json.ts';
import { actorChain, claimText } from '../../model/claims.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readExchanges, widenings } from './delegation/exchanges.ts';
import { findNewActors, MAX_NEW } from './delegation/new-actors.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { readTokens, type SeenToken } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

/** Longer chains than this are no policy: user, agent, tool server, and one more. */
const MAX_DEPTH = 3;

type Facts = Pick<FindingDraft, 'subject' | 'title' | 'calls' | 'observed' | 'expected'> & {
  readonly base: 'medium' | 'high';
  readonly tokens: readonly SeenToken[];
  readonly tested: FindingDraft['benignTested'];
};

const callsOf = (db: SqlDriver, tokens: readonly SeenToken[]): readonly number[] => {
  const select = db.prepare(
    'SELECT c.id, c.time FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND f.same_as IS NULL',
  );
  return tokens
    .flatMap(({ credential }) => select.all<{ id: number; time: number | null }>(credential))
    .sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id)
    .map(({ id }) => id);
};

function toDraft({ base, tokens, tested, ...facts }: Facts): FindingDraft {
  return {
    ...facts,
    severity: { base, steps: [] },
    confidence: 'observed',
    score: Math.min(1, 0.4 + facts.calls.length / 500),
    principals: [...new Set(tokens.flatMap(({ principal }) => principal ?? []))],
    credentials: tokens.map(({ credential }) => credential),
    endpoints: [],
    chains: [],
    crossedAt: facts.calls[0],
    benignTested: tested,
    remediation: [
      'Have the issuer check who may act for whom (`may_act`), and give a delegated token no more than its parent has.',
      'Revoke the tokens of this chain until the delegation is explained.',
    ],
  };
}

/** Chains of tokens that are too long or come back to an actor; one finding for each chain of names. */
function oddChains(db: SqlDriver, tokens: readonly SeenToken[]): readonly Facts[] {
  const groups = new Map<string, SeenToken[]>();
  for (const token of tokens) {
    const chain = actorChain(token.claims);
    if (chain.length <= MAX_DEPTH && new Set(chain).size === chain.length) continue;
    const key = JSON.stringify([token.issuer, claimText(token.claims, 'sub') ?? '', ...chain]);
    groups.set(key, [...(groups.get(key) ?? []), token]);
  }
  return [...groups].map(([subject, group]) => {
    const chain = actorChain(group[0]?.claims ?? {});
    const repeated = [...new Set(chain.filter((actor, at) => chain.indexOf(actor) !== at))];
    const what = repeated.length > 0 ? `comes back to ${listOf(repeated)}` : `is ${plural(chain.length, 'actor')} long`;
    return {
      subject: `chain ${subject}`,
      title: `A delegation of ${claimText(group[0]?.claims ?? {}, 'sub') ?? 'an unnamed subject'} ${what}`,
      base: repeated.length > 0 ? 'high' : 'medium',
      tokens: group,
      calls: callsOf(db, group),
      observed: { actors: chain, depth: chain.length, repeated },
      expected: { depth: `at most ${String(MAX_DEPTH)}`, repeated: [] },
      tested: [
        { explanation: 'an agent that calls itself through a queue', result: 'not testable: a token names its actors, not the way' },
      ],
    };
  });
}

/** Tokens whose `may_act` names somebody other than the one who acts. Source: RFC 8693, section 4.4. */
function notAllowed(db: SqlDriver, tokens: readonly SeenToken[]): readonly Facts[] {
  return tokens.flatMap((token) => {
    const [actor] = actorChain(token.claims);
    const allowed = token.claims['may_act'];
    const names = (Array.isArray(allowed) ? allowed : [allowed]).flatMap((item) =>
      isJsonObject(item) ? (claimText(item, 'sub', 'client_id', 'azp') ?? []) : [],
    );
    if (actor === undefined || names.length === 0 || names.includes(actor)) return [];
    return [
      {
        subject: `may-act ${token.key}`,
        title: `${actor} acts for ${claimText(token.claims, 'sub') ?? 'an unnamed subject'}, whose token allows ${listOf(names)} only`,
        base: 'high' as const,
        tokens: [token],
        calls: callsOf(db, [token]),
        observed: { actor, mayAct: names },
        expected: { actor: names },
        tested: [{ explanation: 'another name of the same actor', result: 'not testable: names are compared as they stand' }],
      },
    ];
  });
}

/** Exchanges that gave more than was handed in. */
function widened(db: SqlDriver, tokens: readonly SeenToken[]): readonly Facts[] {
  return readExchanges(db, tokens).flatMap((exchange) => {
    const wider = widenings(exchange);
    if (wider.length === 0) return [];
    const { child, parent, call } = exchange;
    return [
      {
        subject: `wider ${parent.key} ${child.key}`,
        title: `${actorChain(child.claims)[0] ?? 'An actor'} got a wider token for ${claimText(child.claims, 'sub') ?? 'a subject'}: ${listOf(wider)}`,
        base: 'high' as const,
        tokens: [parent, child],
        calls: [call, ...callsOf(db, [child]).filter((id) => id !== call)],
        observed: { wider, parent: parent.key, child: child.key, parentScopes: parent.scopes, childScopes: child.scopes },
        expected: { wider: [] },
        tested: [
          { explanation: 'a scope that implies another one', result: 'tested: a scope is wider only when none of the parent’s covers it' },
          {
            explanation: 'an issuer with other names for the same scopes',
            result: parent.issuer === child.issuer ? 'not supported: one issuer made both' : 'possible: two issuers made them',
          },
        ],
      },
    ];
  });
}

const newActors = (db: SqlDriver, tokens: readonly SeenToken[]): readonly Facts[] =>
  findNewActors(db, tokens).map(({ subject, actor, tokens: own, calls, known, chance }) => ({
    subject: `new ${subject} ${actor}`,
    title: `${actor} acts for ${claimText(own[0]?.claims ?? {}, 'sub') ?? 'a subject'} for the first time`,
    base: 'medium',
    tokens: own,
    calls,
    observed: { actor, calls: calls.length, delegatedCallsBefore: known, chanceOfAnother: Math.round(chance * 10_000) / 10_000 },
    expected: { chanceOfAnother: `at least ${String(MAX_NEW)}` },
    tested: [{ explanation: 'a new agent that is being rolled out', result: 'not testable without a list of agents: ask its owner' }],
  }));

/** Flags delegations that grow, loop, widen, or pass to somebody new. */
export const delegationChainAnomaly: Detector = {
  id: 'delegation-chain-anomaly',
  version: 1,
  title: 'Delegation that grows, loops or widens',
  question: 'Does anyone act for somebody else in a way that was not meant?',
  about: {
    catches:
      'Chains of delegation that are long, come back to themselves, hold an actor nobody knows, or end with more power than they began with.',
    inputs: ['readable tokens with an actor'],
    falsePositives: ['a new agent that is rolled out', 'issuers that call the same scope by other names'],
  },
  family: 'incident',
  needs: ['principals', 'baseline'],
  reads: ['credential'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI03', 'ASI07'],
    attack: ['T1550.001', 'T1199'],
    atlas: ['AML.T0084.003'],
    cwe: ['CWE-441', 'CWE-863'],
  },
  settings: [
    { name: 'maxDepth', value: MAX_DEPTH, why: 'user, agent, tool server and one more; no policy means longer ones' },
    { name: 'maxNew', value: MAX_NEW, why: 'an actor is news only where another one was to be expected less than once in a hundred calls' },
  ],
  async run(db, breathe) {
    const tokens = readTokens(db);
    const delegated = tokens.filter(({ claims }) => actorChain(claims).length > 0);
    if (delegated.length === 0) return { kind: 'not-evaluable', reason: 'no readable token of the evidence names who acts for whom' };
    const found: Facts[] = [];
    for (const look of [oddChains, notAllowed, newActors]) {
      found.push(...look(db, delegated));
      await breathe();
    }
    // The parent of an exchange need not be delegated itself.
    found.push(...widened(db, tokens));
    return { kind: 'evaluated', findings: found.map(toDraft) };
  },
};
