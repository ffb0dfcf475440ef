import { rangeFinder } from '../../lib/cidr.ts';
import { findAgentEntry } from '../passes/principals/user-agent.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readTraits, type PrincipalTraits } from '../store/principal-traits.ts';
import { readRanges } from '../store/read/knowledge.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { findOddOrders, MAX_ORDERED, USUAL_SHARE, type OddOrder } from './identity/header-orders.ts';
import { whoMade } from './inventory/evidence.ts';
import { countOf, listOf, plural } from './spoken.ts';

const SHOWN = 1000;

interface Suspect {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly rung: number;
  readonly traits: PrincipalTraits;
}

const suspects = (db: SqlDriver): readonly Suspect[] =>
  db
    .prepare(
      `SELECT id, key, label, rung, traits FROM principal WHERE traits LIKE '%"ranges":%' OR traits LIKE '%"signatures":%' ORDER BY key`,
    )
    .all<Omit<Suspect, 'traits'> & { traits: string }>()
    .map((row) => ({ ...row, traits: readTraits(row.traits) }));

/** Calls of a principal that name an agent and come from outside all ranges of these lists, in time order. */
function outsideCalls(db: SqlDriver, principal: number, agents: ReadonlySet<string>): readonly number[] {
  const lists = readRanges(db);
  const finders = new Map([...agents].map((agent) => [agent, rangeFinder(lists.filter((list) => list.agents.some((name) => name.toLowerCase() === agent.toLowerCase())).flatMap(({ ranges }) => ranges))]));
  const rows = db
    .prepare(
      `SELECT c.id, ip.value AS ip, ua.value AS ua FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term ip ON ip.id = c.client_ip_id JOIN term ua ON ua.id = c.user_agent_id
        WHERE f.principal_id = ? AND f.same_as IS NULL ORDER BY c.time, c.id`,
    )
    .iterate<{ id: number; ip: string; ua: string }>(principal);
  const found: number[] = [];
  for (const { id, ip, ua } of rows) {
    const finder = finders.get(findAgentEntry(ua)?.family ?? '');
    if (finder === undefined || finder(ip)) continue;
    found.push(id);
    if (found.length >= SHOWN) break;
  }
  return found;
} // prettier-ignore

/** True when some of the calls succeeded on data about people or worse. */
const isSensitive = (db: SqlDriver, calls: readonly number[]): boolean => {
  const select = db.prepare(
    'SELECT 1 FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ? AND e.sensitivity >= 2 AND c.status BETWEEN 200 AND 299',
  );
  return calls.some((call) => select.get(call) !== undefined);
};

function toDraft(db: SqlDriver, suspect: Pick<Suspect, 'id' | 'key'>, what: 'range' | 'signature' | 'order', calls: readonly number[], parts: Pick<FindingDraft, 'title' | 'observed' | 'expected' | 'benignTested'>): FindingDraft {
  const who = whoMade(db, calls.slice(0, 200));
  return {
    subject: `${suspect.key} ${what}`,
    ...parts,
    severity: { base: 'medium', steps: isSensitive(db, calls) ? [{ by: 1, why: 'it was answered with data about people or worse' }] : [] },
    confidence: what === 'signature' ? 'observed' : 'inferred',
    score: Math.min(1, 0.5 + calls.length / 500),
    principals: [suspect.id], credentials: who.credentials, endpoints: [], chains: who.chains, calls, crossedAt: calls[0],
    remediation: ['Treat these calls as those of an unknown principal; let in by this name only what signs its requests or comes from its vendor’s addresses.'],
  };
} // prettier-ignore

function fromRanges(db: SqlDriver, suspect: Suspect): readonly FindingDraft[] {
  const wrong = (suspect.traits.ranges ?? []).filter(({ outside }) => outside > 0);
  if (wrong.length === 0) return [];
  const agents = [...new Set(wrong.map(({ agent }) => agent))];
  const calls = outsideCalls(db, suspect.id, new Set(agents));
  if (calls.length === 0) return [];
  const lists = wrong.map(({ list, date }) => `${list} of ${date}`);
  return [
    toDraft(db, suspect, 'range', calls, {
      title: `${suspect.label} calls itself ${listOf(agents)}, yet ${plural(calls.length, 'call')} came from outside its vendor’s addresses`,
      observed: { claims: agents, outside: calls.length, inside: wrong.reduce((sum, { inside }) => sum + inside, 0), rung: suspect.rung },
      expected: { outside: 0, lists },
      benignTested: [
        { explanation: 'a list that is out of date', result: `possible: the lists are ${listOf(lists)}` },
        { explanation: 'an agent that its user runs at home', result: 'not tested: vendors publish ranges only for what they run themselves' },
      ],
    }),
  ];
} // prettier-ignore

function fromSignatures(db: SqlDriver, suspect: Suspect): readonly FindingDraft[] {
  const { signatures } = suspect.traits;
  if (signatures === undefined || signatures.failed === 0) return [];
  const reasons = Object.entries(signatures.why).filter(([why]) => !why.startsWith('key of ') && !why.startsWith('the evidence lacks') && !/^(?:no |not checkable|a tag|the record|the key is in no)/.test(why)).sort((a, b) => b[1] - a[1]);
  return [
    toDraft(db, suspect, 'signature', signatures.failedCalls, {
      title: `${suspect.label} signs ${plural(signatures.failed, 'request')} wrongly: ${reasons.map(([why]) => why).slice(0, 2).join('; ')}`,
      observed: { failed: signatures.failed, verified: signatures.verified, unchecked: signatures.unchecked, reasons: reasons.map(([why, count]) => `${why} (${String(count)})`) },
      expected: { failed: 0 },
      benignTested: [
        { explanation: 'a proxy that changes or drops what was signed', result: signatures.verified > 0 ? 'not supported: other requests of the same principal verify' : 'possible: none of its requests verifies' },
        { explanation: 'a key directory that is out of date', result: reasons.some(([why]) => why.includes('directory')) ? 'possible: the key is in none of the case' : 'not supported: the key is known' },
      ],
    }),
  ];
} // prettier-ignore

function fromOrder(db: SqlDriver, { principal, agent, calls, order, usual, usualCalls, total }: OddOrder): readonly FindingDraft[] {
  const caller = db.prepare('SELECT id, key, label FROM principal WHERE id = ?').get<Pick<Suspect, 'id' | 'key' | 'label'>>(principal);
  if (caller === undefined) return [];
  return [
    toDraft(db, caller, 'order', calls.slice(0, SHOWN), {
      title: `${caller.label} calls itself ${agent}, yet writes its headers in another order than ${countOf(usualCalls)} of ${plural(total, 'request')} of that name`,
      observed: { claims: agent, calls: calls.length, order },
      expected: { order: usual, share: Math.round((usualCalls / total) * 1000) / 1000 },
      benignTested: [
        { explanation: 'a proxy that changes headers', result: 'not tested: the other requests of the same capture are as usual' },
        { explanation: 'another version of the same program', result: 'possible: versions may write their headers differently' },
      ],
    }),
  ];
} // prettier-ignore

/** Flags callers that are not the agent they claim to be. */
export const agentIdentitySpoof: Detector = {
  id: 'agent-identity-spoof',
  version: 1,
  title: 'Not the agent it claims to be',
  question: 'Who calls itself an agent and is contradicted by its addresses, its signature or the order of its headers?',
  about: {
    catches: 'A principal that names itself after an agent and comes from elsewhere, whose signature is wrong or missing where its vendor signs everything, or whose headers stand in another order than those of nearly all requests of that name.',
    inputs: ['User-Agents and addresses', 'published ranges or key directories, added to the case', 'HAR captures with 100 requests of one agent, for the order of headers'],
    falsePositives: ['a list of ranges that is out of date', 'proxies that drop the headers of a signature', 'agents that people run at home'],
  },
  family: 'incident',
  needs: ['attribution', 'endpoints'],
  reads: ['userAgent', 'address'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03', 'ASI10'], attack: ['T1078', 'T1090'], atlas: ['AML.T0073', 'AML.T0074'], cwe: ['CWE-290'] },
  settings: [
    { name: 'skew', value: '60 s', why: 'a signature may be this much outside its window: clocks of two companies' },
    { name: 'usualShare', value: USUAL_SHARE, why: 'of the requests of one name in one capture that write their headers in one order; HAR alone keeps it' },
    { name: 'ordered', value: MAX_ORDERED, why: 'captured requests whose headers are read' },
  ],
  async run(db, breathe, tools) {
    const found = suspects(db);
    const orders = await findOddOrders(db, tools, breathe);
    if (found.length === 0 && orders === undefined)
      return { kind: 'not-evaluable', reason: 'no call is signed, and no principal names an agent whose address ranges are in the case (spoor add --as ranges)' };
    const findings = (orders ?? []).flatMap((order) => [...fromOrder(db, order)]);
    for (const suspect of found) {
      findings.push(...fromRanges(db, suspect), ...fromSignatures(db, suspect));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
