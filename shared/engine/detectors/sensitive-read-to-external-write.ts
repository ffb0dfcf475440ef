import { isModelPath } from '../../model/model-path.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import { importedPartners } from './rows/imported-partners.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { readEstate, type Estate } from './flow/hosts.ts';
import { proveFlow } from './flow/proof.ts';
import { callsOfChain, callsOfPrincipal, callsToHost, dataOn, sightingsOf, succeeded, type FlowCall } from './flow/run-calls.ts';
import { worstFirst } from './flow/data-words.ts';
import { partsOf } from './flow/sent-parts.ts';
import { defangHost, tellStory } from './flow/story.ts';
import { tokenWords } from './flow/token-words.ts';
import { findUntrusted, type UntrustedRead } from './flow/untrusted.ts';
import { dataOf, listOf, plural, sizeOf } from './spoken.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';

/** Read and send belong together within this time. Units: µs. */
const WINDOW = 30 * 60 * 1_000_000;
/** From here on an endpoint hands out data about people or worse. */
const SENSITIVE = 2;
const DAY = 86_400_000_000;
/** A partner is established when it was called on this many days of the baseline. */
const ESTABLISHED_DAYS = 2;
/** Or in this many separate runs, in evidence too short for days. */
const ESTABLISHED_RUNS = 5;
/** A host that so many others send to as well is nobody's own drop, whoever was the first. */
const COMMON_ACTORS = 5;
/** A GET carries data out only in a query of this length. Units: characters. */
const LONG_QUERY = 200;
/** Without proof, less than this is a health check or a click. Units: bytes. */
const LEAST_BYTES = 500;
/** A masked value in a query is shorter than what it stands for. */
const carriesData = (call: FlowCall): boolean =>
  /^(?:POST|PUT|PATCH)$/.test(call.method) || call.query.length >= LONG_QUERY || call.query.includes('‹');

/** Sends of one actor to one host. */
interface Sink {
  readonly host: string;
  readonly actor: number | undefined;
  readonly all: readonly FlowCall[];
}

interface Actor {
  readonly key: string;
  readonly label: string;
}

/**
 * Who is behind a call to elsewhere: the one that the call itself is known to be of, where no credential for elsewhere gives it another name; else,
 * where its own credential no longer shows, the chain's principal.
 */
function actorsOf(db: SqlDriver, calls: readonly FlowCall[]): ReadonlyMap<number | undefined, readonly FlowCall[]> {
  const chainPrincipal = db.prepare('SELECT principal_id AS id FROM chain WHERE id = ?');
  const isNamed = db.prepare('SELECT 1 FROM principal WHERE id = ? AND weak = 0');
  const groups = new Map<number | undefined, FlowCall[]>();
  for (const call of calls) {
    const ofChain = call.chain === undefined ? undefined : (chainPrincipal.get<{ id: number | null }>(call.chain)?.id ?? undefined);
    const isOwn = call.credential === undefined && call.principal !== undefined && isNamed.get(call.principal) !== undefined;
    const actor = isOwn ? call.principal : (ofChain ?? call.principal);
    const list = groups.get(actor) ?? [];
    list.push(call);
    groups.set(actor, list);
  }
  return groups;
}

/** How a host was used before the incident: on how many days of the baseline, and in how many runs in all. */
function habit(calls: readonly FlowCall[], baselineTo: number | undefined): { readonly days: number; readonly runs: number } {
  const days = new Set(
    calls.filter((call) => baselineTo !== undefined && call.time <= baselineTo).map((call) => Math.floor(call.time / DAY)),
  );
  const runs = new Set(
    calls.map((call) => (call.chain === undefined ? `hour ${String(Math.floor(call.time / (DAY / 24)))}` : `chain ${String(call.chain)}`)),
  );
  return { days: days.size, runs: runs.size };
}

/** Calls of the run that `send` belongs to, within the window before and after it. */
function contextOf(db: SqlDriver, actor: number | undefined, sends: readonly FlowCall[]): readonly FlowCall[] {
  const from = (sends[0]?.time ?? 0) - WINDOW;
  const to = (sends.at(-1)?.time ?? 0) + WINDOW;
  const byId = new Map<number, FlowCall>();
  for (const chain of new Set(sends.map((send) => send.chain))) {
    if (chain === undefined) continue;
    for (const call of callsOfChain(db, chain)) if (call.time >= from && call.time <= to) byId.set(call.id, call);
  }
  // The chain is the run; the principal's other runs join only when no chain tells.
  if (byId.size <= sends.length && actor !== undefined) for (const call of callsOfPrincipal(db, actor, from, to)) byId.set(call.id, call);
  return [...byId.values()].sort((a, b) => a.time - b.time);
}

/** Without the calls that only pass another one of the list on: a request through gateway and mesh is one read, not three. */
function withoutHops(db: SqlDriver, calls: readonly FlowCall[]): readonly FlowCall[] {
  const ids = new Set(calls.map((call) => call.id));
  const causes = db.prepare(`SELECT from_call AS id FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS}`);
  return calls.filter((call) => !causes.all<{ id: number }>(call.id).some((cause) => ids.has(cause.id)));
}

interface Evidence {
  readonly sink: Sink;
  readonly sends: readonly FlowCall[];
  readonly before: readonly FlowCall[];
  readonly after: readonly FlowCall[];
  readonly reads: readonly FlowCall[];
  readonly misses: readonly FlowCall[];
  readonly untrusted: UntrustedRead | undefined;
  readonly proof: ReturnType<typeof proveFlow>;
  readonly sent: ReadonlyMap<string, number>;
  readonly sentBytes: number;
  readonly hostIsNew: boolean;
}

function gather(db: SqlDriver, tools: DetectorTools, estate: Estate, sink: Sink, others: number): Evidence | undefined {
  const sends = sink.all.filter(carriesData);
  const first = sends[0];
  const last = sends.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const context = contextOf(db, sink.actor, sends);
  const home = context.filter((call) => !estate.foreign.has(call.hostId));
  const before = home.filter((call) => call.time <= last.time && call.time >= first.time - WINDOW);
  const sensitive = withoutHops(
    db,
    before.filter((call) => call.sensitivity >= SENSITIVE && call.method !== 'DELETE'),
  );
  const reads = sensitive.filter(succeeded);
  if (reads.length === 0) return undefined;
  const start = reads[0]?.time ?? 0;
  const proof = proveFlow(
    db,
    reads,
    sends,
    context.filter((call) => call.time < start),
  );
  const sent = new Map<string, number>();
  for (const send of sends) for (const [type, count] of dataOn(db, send.id, 'request')) sent.set(type, (sent.get(type) ?? 0) + count);
  const untrusted = findUntrusted(
    tools,
    context.filter((call) => call.time <= first.time),
    sink.host,
    (id) => sightingsOf(db, id),
  )[0];
  return {
    sink,
    sends,
    before,
    after: home.filter((call) => call.time > last.time && call.method !== 'GET'),
    reads,
    misses: sensitive.filter((call) => !succeeded(call)),
    untrusted,
    proof,
    sent,
    sentBytes: sends.reduce((sum, send) => sum + (send.reqBytes ?? 0), 0),
    hostIsNew: others === 0,
  };
}

function severityOf(evidence: Evidence, hasBaseline: boolean): SeverityDraft {
  const { proof, untrusted, sends, reads, sink } = evidence;
  if (proof.values === 0) {
    const steps = sends.every((send) => !succeeded(send)) ? [{ by: -1, why: 'every send was refused' }] : [];
    return { base: 'medium', steps, cap: hasBaseline ? undefined : { at: 'medium', why: 'no value was proven and there is no baseline' } };
  }
  const steps = [
    {
      by: 1,
      why: `${plural(proof.values, 'value')} of ${plural(proof.reads.length, 'answer')} ${proof.values === 1 ? 'stands' : 'stand'} in what was sent to ${defangHost(sink.host)}`,
    },
  ];
  if (untrusted?.namesSink === true) steps.push({ by: 1, why: 'the text read before names the receiver' });
  if (reads.some((read) => read.sensitivity >= 3)) steps.push({ by: 1, why: 'the most sensitive class of data was read' });
  if (sends.every((send) => !succeeded(send))) steps.push({ by: -1, why: 'every send was refused' });
  return { base: 'high', steps };
}

/** Who sent what where; `how` adds whether it had been read before, and what the receiver is. */
function titleOf(actor: Actor, evidence: Evidence, how: 'claim' | 'whole'): string {
  const types = worstFirst(evidence.sent.keys());
  const what =
    types.length > 0
      ? listOf(types.slice(0, 2).map((type) => dataOf(type, evidence.sent.get(type) ?? 0)))
      : evidence.proof.values > 0
        ? plural(evidence.proof.values, 'value')
        : sizeOf(evidence.sentBytes);
  const from = evidence.proof.values > 0 ? ` that it had just read` : ` after ${plural(evidence.reads.length, 'sensitive read')}`;
  const fresh = evidence.hostIsNew ? ', which nothing had called before' : '';
  if (how === 'claim') return `${actor.label} sent ${what} to ${defangHost(evidence.sink.host)}`;
  return `${actor.label} sent ${what}${from} to ${defangHost(evidence.sink.host)}, outside the estate${fresh}`;
}

function toDraft(
  db: SqlDriver,
  actor: Actor,
  evidence: Evidence,
  estate: Estate,
  hasBaseline: boolean,
  use: { readonly days: number; readonly runs: number },
): FindingDraft {
  const { sink, sends, reads, misses, untrusted, proof, sent, sentBytes, hostIsNew, after } = evidence;
  const isTrifecta = untrusted !== undefined;
  const calls = [
    ...new Map(
      [...(untrusted === undefined ? [] : [untrusted.call]), ...reads, ...misses, ...sends].map((call) => [call.id, call]),
    ).values(),
  ].sort((a, b) => a.time - b.time);
  const distinct = (values: readonly (number | undefined)[]): readonly number[] => [
    ...new Set(values.filter((value) => value !== undefined)),
  ];
  const story = tellStory({
    untrusted, reads, misses, provingIds: new Set(proof.reads.map((read) => read.id)),
    parts: partsOf(sends, (send) => new Map(dataOn(db, send.id, 'request')), proof.provenIn),
    host: sink.host, hostIsNew, after, token: tokenWords(db, calls),
  }); // prettier-ignore
  const model = sends.some((send) => isModelPath(send.path));
  return {
    subject: `${actor.key} ${sink.host}`,
    title: titleOf(actor, evidence, 'whole'),
    claim: titleOf(actor, evidence, 'claim'),
    severity: severityOf(evidence, hasBaseline),
    confidence: proof.values > 0 ? 'observed' : 'suspected',
    score: Math.min(
      1,
      (proof.values > 0 ? 0.6 : 0.2) +
        (untrusted?.namesSink === true ? 0.2 : isTrifecta ? 0.1 : 0) +
        (hostIsNew ? 0.1 : 0) +
        Math.min(0.1, proof.values / 1000),
    ),
    // An egress proxy knows who sends by the network alone; whoever read what was proved to be sent has a name.
    principals: distinct([sink.actor, ...sends.map((send) => send.principal), ...proof.reads.map((read) => read.principal)]),
    credentials: distinct(calls.map((call) => call.credential)),
    endpoints: distinct(calls.map((call) => call.endpoint)),
    chains: distinct(calls.map((call) => call.chain)),
    calls: calls.map((call) => call.id),
    crossedAt: sends[0]?.id,
    observed: {
      receiver: sink.host,
      sends: sends.length,
      sentBytes,
      sentData: worstFirst(sent.keys()).map((type) => dataOf(type, sent.get(type) ?? 0)),
      provenValues: proof.values,
      provenReads: proof.reads.length,
      sensitiveReads: reads.length,
      distinctObjects: new Set(reads.map((read) => read.path)).size,
      ...(proof.fromAt === undefined ? {} : { provenFrom: proof.fromAt }),
      ...(proof.toAt === undefined ? {} : { provenTo: proof.toAt }),
      untrustedInput:
        untrusted === undefined
          ? 'none seen'
          : untrusted.namesSink
            ? 'names the receiver'
            : untrusted.givesOrders
              ? 'gives orders'
              : 'read before, text without orders or not kept',
    },
    expected: { estate: estate.domains, estateFrom: estate.how, earlierDaysWithReceiver: use.days, sendsToHostsOutside: 0 },
    benignTested: [
      {
        explanation: 'the receiver is an agreed partner',
        result:
          use.days === 0
            ? 'not supported: this principal never sent anything there in the baseline'
            : `weak: seen on ${plural(use.days, 'day')} of the baseline, ${String(ESTABLISHED_DAYS)} are needed`,
      },
      {
        explanation: 'the principal echoed its own data',
        result:
          proof.echoed === 0
            ? 'not supported: none of the proven values had been sent by the principal before the reads'
            : `partly: ${plural(proof.echoed, 'value')} had been sent by the principal before and ${proof.echoed === 1 ? 'is' : 'are'} not counted`,
      },
      {
        explanation: 'the receiver is the model that the agent asks for its next step',
        result: model
          ? 'possible by its path, but the data sent is of the most sensitive class'
          : 'not supported: the path is that of no known model interface',
      },
    ],
    remediation: [
      `Block ${defangHost(sink.host)} at the egress proxy and keep its logs.`,
      'Revoke the credentials of this finding, then look for their other uses.',
      'Treat the data sent as lost: notify its owners and replace card numbers, keys and tokens among it.',
      'Give the agent an allow-list of hosts it may send to, and only the scopes that its task needs.',
      ...(isTrifecta
        ? ['Keep text that strangers wrote apart from instructions, and ask a person before data leaves after such a text was read.']
        : []),
    ],
    story,
  };
}

const actorOf = (db: SqlDriver, id: number | undefined): Actor =>
  (id === undefined ? undefined : db.prepare('SELECT key, label FROM principal WHERE id = ?').get<Actor>(id)) ?? {
    key: 'unknown',
    label: 'An unknown principal',
  };

/** Flags data about people that was read inside and sent outside, in one run: the leak that an agent with two doors makes possible. */
export const sensitiveReadToExternalWrite: Detector = {
  id: 'sensitive-read-to-external-write',
  version: 5,
  title: 'Sensitive data sent outside',
  question: 'Did anyone read sensitive data and then send something to a host outside the estate?',
  about: {
    catches: 'Sensitive data that is read and then sent to a host outside of the estate, proved where the very value left again.',
    inputs: ['both calls in the evidence', 'bodies, for the proof'],
    falsePositives: ['an integration that is meant to do this and did so before', 'a person’s own data that comes back to them'],
  },
  family: 'incident',
  needs: ['chains', 'baseline'],
  reads: ['time', 'requestBody', 'answerBody'],
  maps: {
    owaspApi: ['API3:2023', 'API10:2023'],
    owaspLlm: ['LLM01:2025', 'LLM02:2025', 'LLM06:2025'],
    owaspAgentic: ['ASI01', 'ASI02'],
    attack: ['T1567', 'T1020'],
    atlas: ['AML.T0086', 'AML.T0051.001'],
    cwe: ['CWE-200'],
  },
  settings: [
    {
      name: 'window',
      value: '30 min',
      why: 'an agent run that reads and sends is over within minutes; longer links are kept as chains, not as leaks',
    },
    { name: 'sensitivity', value: SENSITIVE, why: 'S2 is where data about people begins' },
    { name: 'establishedDays', value: ESTABLISHED_DAYS, why: 'a partner called on two days of the baseline was there before the incident' },
    {
      name: 'establishedRuns',
      value: ESTABLISHED_RUNS,
      why: 'in evidence too short for days, a host that every run calls is part of the work',
    },
    { name: 'commonActors', value: COMMON_ACTORS, why: 'a host that five others send to is part of the work, whoever was the first' },
    { name: 'leastBytes', value: LEAST_BYTES, why: 'without a proven value, less than this carries no data worth a finding' },
  ],
  async run(db, breathe, tools) {
    const linked =
      db.prepare('SELECT 1 FROM value LIMIT 1').get() ?? db.prepare('SELECT 1 FROM call WHERE trace_id IS NOT NULL LIMIT 1').get();
    if (linked === undefined)
      return { kind: 'not-evaluable', reason: 'no bodies and no trace ids: what was read cannot be followed to what was sent' };
    if (db.prepare('SELECT 1 FROM endpoint WHERE sensitivity >= ? LIMIT 1').get(SENSITIVE) === undefined)
      return { kind: 'evaluated', findings: [] };
    const estate = readEstate(db);
    const baselineTo = Number(getMeta(db, 'baseline_to') ?? NaN);
    const hasBaseline = !Number.isNaN(baselineTo);
    const usedBefore = importedPartners(db);
    const findings: FindingDraft[] = [];
    for (const [hostId, host] of estate.foreign) {
      await breathe();
      const calls = callsToHost(db, hostId);
      const actors = actorsOf(db, calls);
      for (const [actor, all] of actors) {
        const use = habit(all, hasBaseline ? baselineTo : undefined);
        // An imported baseline ends before this evidence begins; who sent there before goes on doing so.
        if (actor !== undefined && usedBefore(actor, host)) continue;
        if (use.days >= ESTABLISHED_DAYS || (!hasBaseline && use.runs >= ESTABLISHED_RUNS)) continue;
        const first = all[0]?.time ?? 0;
        const others = actors.size > COMMON_ACTORS ? calls.length : calls.filter((call) => call.time < first).length;
        const evidence = gather(db, tools, estate, { host, actor, all }, others);
        if (evidence === undefined) continue;
        const isProven = evidence.proof.values > 0;
        const worst = evidence.reads.some((read) => read.sensitivity >= 3);
        // A model is sent what was read, that is its work; but not the worst class of data. What was read beside it tells nothing of what was sent.
        const sentWorst = evidence.proof.reads.some((read) => read.sensitivity >= 3);
        if (evidence.sends.every((send) => isModelPath(send.path)) && !sentWorst) continue;
        // Without a proven value it takes all three legs, or the worst class of data, and a size.
        const suspicious = evidence.hostIsNew && evidence.sentBytes >= LEAST_BYTES && (evidence.untrusted !== undefined || worst);
        if (!isProven && !suspicious) continue;
        findings.push(toDraft(db, actorOf(db, actor), evidence, estate, hasBaseline, use));
      }
    }
    return { kind: 'evaluated', findings };
  },
};
