import { append } from '../../lib/append.ts';
import { greatest } from '../../lib/extremes.ts';
import { scanJson } from '../intake/json-leaves.ts';
import type { StoredDetail } from '../intake/masking/masked-call.ts';
import { messageOfQuery } from '../intake/operations/name-graphql.ts';
import { answerText } from '../store/call-answer.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { LEDGER_ROWS } from './exhibits/few.ts';
import { sightingsOf } from './flow/run-calls.ts';
import { outlineOf, type Outline } from './graphql/outline.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven, pageCalls, type CallRow } from './rows/page-calls.ts';
import { whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** GraphQL requests that are read. */
export const MAX_REQUESTS = 20_000;
/** Client libraries put at most ten messages into one request. */
const MAX_BATCH = 10;
/** One field under more names than a screen shows is a list in disguise. */
const MAX_ALIASES = 20;
/** A person signs in once; three names leave room for tests. */
const MAX_LOGINS = 3;
/** Deeper selections than clients write by hand or generate. */
const MAX_DEPTH = 10;
/** Values that one request may come to. */
const MAX_COST = 1_000_000;
/** Answers with a suggested name from which on names are being guessed; fewer are typing errors. */
const MIN_SUGGESTIONS = 5;
/** What so many callers do alike is how their client is built. */
const USUAL_CALLERS = 3;
const LOGIN = /log_?in|sign_?in|authenticate|otp|verify_?(?:code|token|pin)|password|mfa|two_?factor/i;
/** Programs in which developers write queries by hand. */
const IDE = /graphiql|apollo.?(?:studio|sandbox|rover)|altair|insomnia|postman|playground|graphql-codegen/i;

type Trick = 'introspection' | 'batch' | 'aliases' | 'login-aliases' | 'depth' | 'cost' | 'suggestions';

interface Use {
  readonly call: CallRow;
  readonly trick: Trick;
  readonly amount: number;
  readonly what: string;
}

const WORDS: Readonly<Record<Trick, string>> = {
  introspection: 'asked for the schema',
  batch: 'put many messages into one request',
  aliases: 'asked one field under many names',
  'login-aliases': 'tried to sign in many times in one request',
  depth: 'nested very deep',
  cost: 'asked for very much at once',
  suggestions: 'guessed names by what the server suggested',
};

/** The documents of a request: of its body, a batch, or its query string. */
function documentsOf({ requestBody }: StoredDetail, query: string): readonly string[] {
  const found: string[] = [];
  const text = requestBody?.text ?? '';
  scanJson(text, ({ pointer, kind, text: value }) => {
    if (kind === 'string' && /^\$(?:\[\d+\])?\.query$/.test(pointer)) found.push(value);
    return found.length < 1_000;
  });
  if (found.length === 0 && /^\s*(?:query|mutation|subscription|fragment)?\b[^{]{0,200}\{/.test(text) && !/^\s*\{\s*"/.test(text)) found.push(text); // prettier-ignore
  const asked = found.length === 0 ? messageOfQuery(query)?.query : undefined;
  if (asked !== undefined) found.push(asked);
  return found;
}

/** The name that is repeated most. */
const mostAliased = (outlines: readonly Outline[], isLogin: boolean): readonly [name: string, times: number] => {
  const counts = new Map<string, number>();
  for (const { aliases } of outlines)
    for (const [name, times] of aliases) if (LOGIN.test(name) === isLogin) counts.set(name, (counts.get(name) ?? 0) + times);
  return [...counts].reduce<readonly [string, number]>((most, each) => (each[1] > most[1] ? each : most), ['', 0]);
};

function usesIn(call: CallRow, documents: readonly string[], answer: string | undefined, isIde: boolean): readonly Use[] {
  const outlines = documents.map(outlineOf);
  const ordinary = outlines.filter(({ introspects }) => !introspects);
  const [field, times] = mostAliased(ordinary, false);
  const [login, tries] = mostAliased(ordinary, true);
  const depth = greatest(ordinary.map((each) => each.depth), 0);
  const cost = ordinary.reduce((sum, each) => sum + each.cost, 0);
  const use = (is: boolean, trick: Trick, amount: number, what: string): readonly Use[] => (is ? [{ call, trick, amount, what }] : []);
  return [
    ...use(ordinary.length < outlines.length && !isIde, 'introspection', 1, '__schema'),
    ...use(documents.length > MAX_BATCH, 'batch', documents.length, plural(documents.length, 'message')),
    ...use(times > MAX_ALIASES, 'aliases', times, `${field} ×${countOf(times)}`),
    ...use(tries > MAX_LOGINS, 'login-aliases', tries, `${login} ×${countOf(tries)}`),
    ...use(depth > MAX_DEPTH, 'depth', depth, plural(depth, 'level')),
    ...use(cost > MAX_COST, 'cost', cost, `${countOf(cost)} values`),
    ...use(/\bDid you mean\b/.test(answer ?? ''), 'suggestions', 1, 'Did you mean …'),
  ];
} // prettier-ignore

async function readUses(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<{ readonly uses: readonly Use[]; readonly read: number; readonly isAll: boolean }> {
  const uses: Use[] = [];
  const agents = db.prepare('SELECT t.value AS ua FROM call c JOIN term t ON t.id = c.user_agent_id WHERE c.id = ?');
  let [read, seen] = [0, 0];
  for (const page of pageCalls(db, "c.tool_id IN (SELECT id FROM term WHERE value GLOB 'graphql:*')")) {
    for (const call of page) {
      seen += 1;
      if (seen > MAX_REQUESTS) return { uses, read, isAll: false };
      if (seen % 50 === 0) await breathe();
      const details = sightingsOf(db, call.id).map((id) => tools.detail(id));
      const documents = details.map((detail) => documentsOf(detail, call.query)).find((list) => list.length > 0);
      if (documents === undefined) continue;
      read += 1;
      const isIde = IDE.test(`${agents.get<{ ua: string }>(call.id)?.ua ?? ''} ${call.path}`);
      append(uses, usesIn(call, documents, details.map(({ responseBody }) => responseBody?.text).find((text) => text !== undefined), isIde));
    }
  }
  return { uses, read, isAll: true };
} // prettier-ignore

/** Without what several callers of an endpoint do alike, and without the few suggestions that typing errors bring. */
function unusual(uses: readonly Use[]): readonly Use[] {
  const callers = new Map<string, Set<number>>();
  const suggestions = new Map<number, number>();
  for (const { call, trick } of uses) {
    const key = `${String(call.endpoint)} ${trick}`;
    callers.set(key, (callers.get(key) ?? new Set()).add(call.principal));
    if (trick === 'suggestions') suggestions.set(call.principal, (suggestions.get(call.principal) ?? 0) + 1);
  }
  return uses.filter(({ call, trick }) =>
    trick === 'suggestions'
      ? (suggestions.get(call.principal) ?? 0) >= MIN_SUGGESTIONS
      : trick === 'login-aliases' || (callers.get(`${String(call.endpoint)} ${trick}`)?.size ?? 0) < USUAL_CALLERS,
  );
}

function severityOf(uses: readonly Use[]): SeverityDraft {
  const given = uses.filter(({ call }) => isGiven(call));
  const costly = given.find(({ trick }) => trick !== 'introspection' && trick !== 'suggestions' && trick !== 'login-aliases');
  return {
    base: 'low',
    steps: [
      ...(given.some(({ trick }) => trick === 'login-aliases') ? [{ by: 2, why: 'one request tried many passwords or codes, past any limit on requests' }] : []),
      ...(costly === undefined ? [] : [{ by: 1, why: `the server did it: ${costly.what}` }]),
      ...(given.length === 0 ? [{ by: -1, why: 'every such request was refused' }] : []),
    ],
  }; // prettier-ignore
}

function toDraft(db: SqlDriver, caller: Caller, uses: readonly Use[]): FindingDraft {
  const sorted = uses.toSorted((a, b) => byTime(a.call, b.call));
  const tricks = [...new Set(uses.map(({ trick }) => trick))].sort();
  const ids = [...new Set(sorted.map(({ call }) => call.id))];
  const most = uses.toSorted((a, b) => b.amount - a.amount || byTime(a.call, b.call));
  return {
    subject: caller.key,
    title: `${caller.label} ${listOf(tricks.map((trick) => WORDS[trick]), 3)} in ${plural(ids.length, 'GraphQL request')}`,
    severity: severityOf(uses),
    confidence: 'observed',
    score: Math.min(1, 0.3 + tricks.length * 0.1 + Math.min(0.3, ids.length / 200)),
    principals: [caller.id],
    ...whatOf(db, ids),
    crossedAt: ids[0],
    observed: { tricks, requests: ids.length, most: most.slice(0, 5).map(({ what }) => what) },
    expected: { messagesInOneRequest: MAX_BATCH, namesOfOneField: MAX_ALIASES, levels: MAX_DEPTH, valuesOfOneRequest: MAX_COST },
    benignTested: [
      { explanation: 'how the client of this service is built', result: `not supported: fewer than ${String(USUAL_CALLERS)} principals do so` },
      { explanation: 'a developer’s tool', result: tricks.includes('introspection') ? 'not supported: no request names one' : 'not tested' },
    ],
    remediation: ['Limit depth, names of one field, messages in one request and cost; count sign-ins by attempt, not by request.', 'Switch introspection and suggestions off where no developer works.'],
    exhibits: [
      {
        kind: 'ledger', title: 'What the requests asked', head: ['What', 'How much', 'Answered'],
        rows: most.slice(0, LEDGER_ROWS).map(({ call, trick, what }) => ({ at: call.id, tone: isGiven(call) ? 'seen' : 'refused', cells: [WORDS[trick], what, answerText(call)] })),
        omitted: Math.max(0, most.length - LEDGER_ROWS),
      },
    ],
  };
} // prettier-ignore

/** Flags GraphQL requests that do in one what limits count by request. */
export const graphqlAbuse: Detector = {
  id: 'graphql-abuse',
  version: 1,
  title: 'Too much in one GraphQL request',
  question: 'Did anyone ask a GraphQL service for its schema, or for very much in one request?',
  about: {
    catches: 'Introspection outside of developers’ tools, large batches, one field under many names, sign-ins in bulk, very deep or costly queries, and names guessed by suggestions.',
    inputs: ['GraphQL requests with bodies or query strings', 'bodies of answers, to see suggestions'],
    falsePositives: ['developers’ tools that do not name themselves', 'gateways that put the requests of many users together'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains'],
  reads: ['requestBody'],
  maps: { owaspApi: ['API4:2023', 'API8:2023', 'API1:2023'], owaspLlm: ['LLM10:2025'], owaspAgentic: ['ASI02'], attack: ['T1595', 'T1499', 'T1110'], atlas: ['AML.T0034.001'], cwe: ['CWE-770', 'CWE-799'] },
  settings: [
    { name: 'batch', value: MAX_BATCH, why: 'client libraries put at most ten messages into one request by default' },
    { name: 'aliases', value: MAX_ALIASES, why: 'a screen has no twenty names for one field; a list in disguise has' },
    { name: 'logins', value: MAX_LOGINS, why: 'a person signs in once' },
    { name: 'depth', value: MAX_DEPTH, why: 'written and generated queries stay below; introspection is not counted' },
    { name: 'cost', value: MAX_COST, why: 'values that fields times the lists around them come to: no screen shows a million' },
    { name: 'suggestions', value: MIN_SUGGESTIONS, why: 'fewer are typing errors' },
    { name: 'requests', value: MAX_REQUESTS, why: 'requests that are read, so that reading takes seconds' },
  ],
  async run(db, breathe, tools) {
    const { uses, read, isAll } = await readUses(db, tools, breathe);
    if (read === 0) return { kind: 'not-evaluable', reason: 'no GraphQL request with its document is in the evidence' };
    const callers = readCallers(db);
    const groups = new Map<number, Use[]>();
    for (const use of unusual(uses)) {
      const own = groups.get(use.call.principal) ?? [];
      groups.set(use.call.principal, own);
      own.push(use);
    }
    return {
      kind: 'evaluated',
      findings: [...groups].map(([principal, own]) => toDraft(db, callerOf(callers, principal), own)),
      ...(isAll ? {} : { partly: `only the first ${countOf(MAX_REQUESTS)} GraphQL requests were read` }),
    };
  },
}; // prettier-ignore
