import { changesThings } from '../../model/endpoint-words.ts';
import { actorChain, claimText, readClaims } from '../../model/claims.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readTraits } from '../store/principal-traits.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { callsWith, usedCredentials, usesOf, type Use, type UsedCredential } from './identity/uses.ts';
import { listOf, plural } from './spoken.ts';

/** Calls of a person's program that make a credential a person's. */
const MIN_PERSON = 10;
/** Agent calls that are more than a try. */
const MIN_AGENT = 3;
const SHOWN = 500;
/** Sessions of others that show whose sessions are, and the share of them in which no agent was ever seen. */
const MIN_SESSIONS = 10;
const PERSONS = 0.95;

/** Why a credential is a person's; `undefined` when nothing says so. A token with an actor says itself who acts for whom. */
function personMark({ claims: text }: UsedCredential, uses: readonly Use[]): string | undefined {
  const claims = readClaims(text) ?? {};
  if (actorChain(claims).length > 0) return undefined;
  if (Object.hasOwn(claims, 'amr') || Object.hasOwn(claims, 'auth_time')) return 'its token tells of a log-in (amr or auth_time)';
  if (/client[-_]credentials/i.test(claimText(claims, 'gty', 'grant_type') ?? '')) return undefined;
  const calls = uses.filter(({ program }) => program === 'person').reduce((sum, use) => sum + use.calls, 0);
  return calls >= MIN_PERSON ? `a person’s program made ${plural(calls, 'call')} with it` : undefined;
}

/** Sessions of the case by who used them: the cookie of an interface for people is a person's, also where it is only ever seen with an agent. */
interface Sessions {
  readonly ofPersons: number;
  readonly withAgents: number;
}

const countSessions = (all: readonly (readonly Use[])[]): Sessions => ({
  ofPersons: all.filter((uses) => uses.length > 0 && uses.every(({ program }) => program === 'person')).length,
  withAgents: all.filter((uses) => uses.some(({ program }) => program === 'agent')).length,
});

/** Why a session is a person's by what all others are; the one in question is one of those with agents. */
function sessionMark({ kind }: UsedCredential, { ofPersons, withAgents }: Sessions): string | undefined {
  if (kind !== 'session' || ofPersons < MIN_SESSIONS || ofPersons < PERSONS * (ofPersons + withAgents - 1)) return undefined;
  return `${plural(ofPersons, 'other session')} of the evidence ${ofPersons === 1 ? 'was' : 'were'} used by persons’ programs alone`;
}

interface Signals {
  readonly calls: ReadonlySet<number>;
  readonly names: readonly string[];
}

/** Calls of a credential on which intake noted an agent's or SDK's header. */
function signalsOf(db: SqlDriver, credential: number): Signals {
  const rows = db
    .prepare(
      `SELECT c.id, t.value AS signal FROM call c JOIN data_seen d ON d.call_id = c.id AND d.type = 'agent-signal' JOIN term t ON t.id = d.pointer_id
        JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL WHERE c.credential_id = ?`,
    )
    .all<{ id: number; signal: string }>(credential);
  return { calls: new Set(rows.map(({ id }) => id)), names: [...new Set(rows.map(({ signal }) => signal.split('=')[0] ?? signal))].sort() };
}

function toDraft(
  db: SqlDriver,
  credential: UsedCredential,
  mark: string,
  calls: readonly number[],
  names: readonly string[],
): FindingDraft {
  const writes = db.prepare(
    'SELECT e.key FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ? AND c.status BETWEEN 200 AND 399',
  );
  const written = calls.filter((call) => changesThings(writes.get<{ key: string }>(call)?.key ?? '')).length;
  return {
    subject: credential.key,
    title: `An agent (${listOf(names, 3)}) used ${credential.key} of ${credential.label} on ${plural(calls.length, 'call')}, a person’s credential`,
    severity: {
      base: 'medium',
      steps: written > 0 ? [{ by: 1, why: `${plural(written, 'of these calls', 'of these calls')} changed something` }] : [],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + calls.length / 200),
    principals: credential.principal === null ? [] : [credential.principal],
    credentials: [credential.id],
    endpoints: [],
    chains: [],
    calls,
    crossedAt: calls[0],
    observed: { agentSigns: names.slice(0, 20), agentCalls: calls.length, writes: written, personMark: mark },
    expected: { agentCallsWithoutActor: 0 },
    benignTested: [
      { explanation: 'the token names the agent as actor (act)', result: 'not supported: it has no act claim' },
      { explanation: 'an agent that the company lists', result: 'not supported: no list of principals in the case names it an agent' },
      { explanation: 'test automation', result: 'not tested: nothing in the records tells it from use' },
    ],
    remediation: ['Give the agent a credential of its own, with the person as subject and itself as actor (RFC 8693), and fewer rights.'],
  };
}

/** Flags persons' sessions and tokens that an agent rides on. */
export const humanTokenAgentUse: Detector = {
  id: 'human-token-agent-use',
  version: 2,
  title: 'Agent with a person’s credential',
  question: 'Where did an agent act with a person’s session, so that nobody can tell the two apart?',
  about: {
    catches: 'An agent that acts with the session of a person, without saying that it acts for somebody.',
    inputs: ['tokens or sessions with signs of a person', 'User-Agents, signatures or other signs of agents'],
    falsePositives: ['desktop agents that are allowed to', 'test automation'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['principals', 'attribution'],
  reads: ['credential', 'userAgent'],
  maps: {
    owaspApi: ['API2:2023'], owaspLlm: ['LLM06:2025'], owaspAgentic: ['ASI03', 'ASI09', 'NHI10'], attack: ['T1078', 'T1539'],
    atlas: ['AML.T0091.000'], cwe: ['CWE-863'],
  }, // prettier-ignore
  settings: [
    { name: 'minPersonCalls', value: MIN_PERSON, why: 'calls of a browser or app that make a credential a person’s' },
    {
      name: 'minSessions',
      value: MIN_SESSIONS,
      why: 'other sessions that persons’ programs alone used: then a session is what a person logs in to',
    },
    {
      name: 'persons',
      value: PERSONS,
      why: 'share of the sessions that are persons’: where agents have sessions of their own, one more is none',
    },
    { name: 'minAgentCalls', value: MIN_AGENT, why: 'fewer calls with an agent’s sign are a try' },
  ],
  async run(db, breathe) {
    const credentials = usedCredentials(db, ['jwt', 'session', 'opaque', 'basic']);
    if (credentials.length === 0) return { kind: 'not-evaluable', reason: 'no call shows a token, session or Basic user' };
    const traits = db.prepare('SELECT traits, kind FROM principal WHERE id = ?');
    const findings: FindingDraft[] = [];
    const used: (readonly [UsedCredential, readonly Use[]])[] = [];
    for (const credential of credentials) {
      await breathe();
      used.push([credential, usesOf(db, credential.id)]);
    }
    const sessions = countSessions(used.filter(([{ kind }]) => kind === 'session').map(([, uses]) => uses));
    for (const [credential, uses] of used) {
      await breathe();
      const mark = personMark(credential, uses) ?? sessionMark(credential, sessions);
      if (mark === undefined) continue;
      const agents = uses.filter(({ program }) => program === 'agent');
      const signals = signalsOf(db, credential.id);
      const calls = [
        ...new Set([...callsWith(db, credential.id, new Set(agents.map(({ userAgent }) => userAgent)), SHOWN), ...signals.calls]),
      ].slice(0, SHOWN);
      if (calls.length < MIN_AGENT) continue;
      const row = credential.principal === null ? undefined : traits.get<{ traits: string; kind: string }>(credential.principal);
      if (row?.kind === 'agent' && readTraits(row.traits).list !== undefined) continue;
      findings.push(toDraft(db, credential, mark, calls, [...new Set([...agents.map(({ family }) => family), ...signals.names])].sort()));
    }
    return { kind: 'evaluated', findings };
  },
};
