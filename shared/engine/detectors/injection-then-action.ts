import { isInternalHost, registrableDomain } from '../../lib/domains.ts';
import { durationText } from '../../lib/duration.ts';
import { least } from '../../lib/extremes.ts';
import { operationOfEndpoint } from '../../model/inner-operation.ts';
import { sayStep } from '../../model/named-operation.ts';
import { scanJson } from '../intake/json-leaves.ts';
import { withoutFingerprints } from '../intake/masking/token.ts';
import { MAY_BE_GIVEN_SQL } from '../store/call-answer.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import { isInnerHop } from '../store/hop-sql.ts';
import { changingEndpoints } from '../store/read/changing-endpoints.ts';
import { readCommonClock } from '../store/read/clock-offsets.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { worstFirst } from './flow/data-words.ts';
import { readEstate } from './flow/hosts.ts';
import { dataOn, sightingsOf } from './flow/run-calls.ts';
import { defang } from './flow/untrusted.ts';
import { readsBehind } from './injection/fetched.ts';
import { HOSTILE, hostileSigns, hostility, namedThings, type HostileSign } from './injection/hostile-text.ts';
import { bodyTexts, queryTexts, undoPercent, type RequestText } from './probes/request-texts.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven, pageCalls, type CallRow } from './rows/page-calls.ts';
import { missingTimes, whatOf } from './signals/read-signals.ts';
import { dataOf, listOf, plural } from './spoken.ts';

/** Answers that are read in all; those to agents first. */
export const MAX_ANSWERS = 20_000;
/** What is done after the text belongs to it for so many calls. */
const CALLS_AFTER = 10;
/** And for so long. Units: µs. */
const AFTER = 5 * 60 * 1_000_000;
/** Texts of which it is asked what was done after them; who floods a case with more has shown what it is. */
export const MAX_FOLLOWED = 300;
/** Strings of one answer that are looked at. */
const MAX_STRINGS = 2_000;
/** Shorter strings give no orders. Units: characters. */
const LEAST_TEXT = 24;
/** Fewer words without a sign are a field, not somebody who writes. */
const PLAIN_WORDS = 8;
const QUOTED = 240;
/** Whoever asks its model sends it everything it read; that is no act. */
const MODEL_PATH = /\/(?:chat\/completions|completions|responses|messages|embeddings)$|:(?:stream)?generateContent$|\/model\/[^/]+\/(?:invoke|converse)/i; // prettier-ignore

interface Read {
  /** The call that stands for all sightings of it, on the common clock. */
  readonly call: CallRow;
  /** Its time as its source wrote it. Units: µs. */
  readonly stamped: number;
  readonly pointer: string;
  readonly text: string;
  readonly signs: readonly HostileSign[];
}

interface Act {
  readonly call: CallRow;
  /** Where in the request stands what the text names; undefined when only the time and the kind of call speak. */
  readonly proof: { readonly at: string; readonly thing: string } | undefined;
  readonly isGrave: boolean;
  /** It changes something, or tries to: a tool or a query that reads does not, though it is sent as a POST. */
  readonly isWrite: boolean;
  /** The host outside that the text names and the request sends to, whoever carries it there: a tool has its URL as an argument. */
  readonly receiver: string | undefined;
}

/** A sum of money, as a request for a payment writes it. */
const SUM = /(?<![\d.,])\d{1,7}[.,]\d{2}(?![\d.,]*\d)/;

/** A text with less than an order, which counts only where it was obeyed to the letter: a sum, with a sign or in plain words. */
const isWeak = ({ signs }: Pick<Read, 'signs'>): boolean => hostility(signs) < HOSTILE;

/** Words and a sum, and no sign that they speak to a program: every complaint about a bill. */
const isPlain = ({ signs }: Pick<Read, 'signs'>): boolean => signs.length === 0;

/** Of texts, those that give orders first: of the others only so many are followed. */
const byHostility = (a: Read, b: Read): number => Math.min(HOSTILE, hostility(b.signs)) - Math.min(HOSTILE, hostility(a.signs));

type Answered = Omit<Read, 'call' | 'stamped'>;

/** The most hostile string of an answer. */
function readAnswer(body: string): Answered | undefined {
  let best: Answered | undefined;
  const look = (pointer: string, text: string): void => {
    if (text.length < LEAST_TEXT) return;
    const signs = hostileSigns(text);
    const counts = !isWeak({ signs }) || (SUM.test(text) && (!isPlain({ signs }) || text.split(/\s+/, PLAIN_WORDS).length >= PLAIN_WORDS));
    if (counts && hostility(signs) > (best === undefined ? -1 : hostility(best.signs))) best = { pointer, text, signs };
  };
  let seen = 0;
  scanJson(body, ({ pointer, kind, text }) => {
    seen += 1;
    if (kind === 'string') look(pointer, text);
    return seen < MAX_STRINGS;
  });
  if (seen === 0) look('$', body);
  return best;
}

/** Answers whose text was read; a tool over pipes answers without a status, and so does a capture that lost it. What was refused was not read. */
async function findReads(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly Read[]> {
  const rows = db
    .prepare(
      `SELECT c.id AS recorded, ifnull(f.same_as, c.id) AS standing FROM call c JOIN call_fact f ON f.call_id = c.id
         JOIN call_fact sf ON sf.call_id = ifnull(f.same_as, c.id) LEFT JOIN principal p ON p.id = sf.principal_id
       WHERE c.flags & ? <> 0 AND c.path IS NOT NULL AND ${MAY_BE_GIVEN_SQL} ORDER BY ifnull(p.kind = 'agent', 0) DESC, c.id LIMIT ?`,
    )
    .all<{ readonly recorded: number; readonly standing: number }>(callFlag.responseBody, MAX_ANSWERS);
  const clock = readCommonClock(db);
  const reads = new Map<number, Read>();
  for (const [index, { recorded, standing }] of rows.entries()) {
    if (index % 50 === 0) await breathe();
    const body = tools.detail(recorded).responseBody?.text;
    const found = body === undefined ? undefined : readAnswer(body);
    if (found === undefined) continue;
    const [call] = [...pageCalls(db, 'c.id = ?', standing)].flat();
    if (call !== undefined && !MODEL_PATH.test(call.path))
      reads.set(standing, { ...found, call: { ...call, time: clock(call.source, call.time) }, stamped: call.time });
  }
  return [...reads.values()].sort((a, b) => byTime(a.call, b.call));
}

/** True for a write with the sum of the text and one thing more that it names. */
const isToTheLetter = (db: SqlDriver, tools: DetectorTools, { call, proof, isWrite }: Act, things: ReadonlySet<string>): boolean => {
  if (!isWrite || proof === undefined) return false;
  const texts = requestTexts(db, tools, call).map(({ text }) => text.toLowerCase());
  const named = [...things].filter((thing) => texts.some((text) => text.includes(thing)));
  return named.length > 1 && named.some((thing) => SUM.test(thing));
};

/**
 * True where a program did for the first time what moves money or gives power, on the word of a text that nothing else marks: who answers such
 * letters every day, as a desk of refunds does, has done it before.
 */
function isFirstOfItsKind(db: SqlDriver, { call, isGrave }: Act): boolean {
  const known = db
    .prepare(
      `SELECT b.is_new AS isNew FROM baseline b JOIN principal p ON p.id = b.principal_id JOIN baseline own ON own.principal_id = b.principal_id AND own.endpoint_id IS NULL
       WHERE b.principal_id = ? AND b.endpoint_id = ? AND p.kind = 'agent' AND own.is_new = 0`,
    )
    .get<{ isNew: number }>(call.principal, call.endpoint);
  return isGrave && known?.isNew === 1;
}

/** The first thing out of the text that stands in a request, and where. */
function proofIn(texts: readonly RequestText[], things: ReadonlySet<string>): Act['proof'] {
  for (const { at, text } of texts) {
    const small = text.toLowerCase();
    for (const thing of things) if (small.includes(thing)) return { at, thing };
  }
  return undefined;
}

function requestTexts(db: SqlDriver, tools: DetectorTools, call: CallRow): readonly RequestText[] {
  const bodies = sightingsOf(db, call.id).flatMap((id) => bodyTexts(tools.detail(id)));
  const numbers = sightingsOf(db, call.id).flatMap((id) => {
    const found: RequestText[] = [];
    scanJson(tools.detail(id).requestBody?.text ?? '', ({ pointer, kind, text }) => {
      if (kind === 'number') found.push({ at: `body ${pointer}`, name: '', text });
      return found.length < 200;
    });
    return found;
  });
  return [{ at: 'host', name: '', text: call.host }, { at: 'path', name: '', text: undoPercent(call.path) }, ...queryTexts(call.query), ...bodies, ...numbers];
} // prettier-ignore

/** The other calls of the same caller, and of the same chain under whatever name, stamped five minutes before and after; on the common clock. */
function nearOf(db: SqlDriver, { call, stamped }: Read, { clock }: Estate): readonly CallRow[] {
  const span = [stamped - AFTER, stamped + AFTER, call.id] as const;
  const rows = [
    // The plus sign: ten minutes of all callers are fewer than all calls of a busy one.
    ...pageCalls(db, '+f.principal_id = ? AND c.time BETWEEN ? AND ? AND c.id <> ?', call.principal, ...span),
    ...pageCalls(db, 'f.chain_id = (SELECT chain_id FROM call_fact WHERE call_id = ?) AND c.time BETWEEN ? AND ? AND c.id <> ?', call.id, ...span),
  ].flat();
  return [...new Map(rows.map((row) => [row.id, { ...row, time: clock(row.source, row.time) }])).values()].filter(({ path }) => !MODEL_PATH.test(path)).sort(byTime);
} // prettier-ignore

/** What is known of places before any text is read. */
interface Estate {
  /** Hosts outside. */
  readonly foreign: ReadonlySet<string>;
  /** Registrable domains of the estate. */
  readonly domains: ReadonlySet<string>;
  readonly changing: ReadonlySet<number>;
  readonly clock: ReturnType<typeof readCommonClock>;
}

/** The first host outside the estate that the text names and the request has in a URL or an address. */
function receiverIn(texts: readonly RequestText[], things: ReadonlySet<string>, { domains }: Estate): string | undefined {
  for (const { text } of texts) {
    const small = text.toLowerCase();
    for (const thing of things) {
      const host = thing.slice(thing.lastIndexOf('@') + 1);
      const isPlace = thing.includes('@') ? small.includes(thing) : small.includes(`//${thing}`);
      if (isPlace && /\.[a-z]{2,}$/.test(host) && !isInternalHost(host) && !domains.has(registrableDomain(host))) return host;
    }
  }
  return undefined;
}

/** What the reader did after a text: the acts that the text asked for, and those that it could have asked for. */
function actsAfter(db: SqlDriver, tools: DetectorTools, read: Read, estate: Estate): readonly Act[] {
  const { foreign, changing } = estate;
  const { call } = read;
  const near = nearOf(db, read, estate);
  const before = near.filter(({ time }) => time < call.time);
  // What the caller itself named before it read the text did not come from there; and whoever reads has asked for it by its id.
  const own = [call, ...before].flatMap((each) => requestTexts(db, tools, each).map(({ text }) => text.toLowerCase()));
  const things = new Set([...namedThings(read.text)].filter((thing) => !own.some((text) => text.includes(thing))));
  const flags = db.prepare('SELECT flags FROM endpoint WHERE id = ?');
  const passedOn = db.prepare(`SELECT 1 FROM edge x WHERE x.to_call = ? AND ${isInnerHop('x')} LIMIT 1`);
  return near
    // What a gateway passed on is the same call again.
    .filter(({ id, time }) => time >= call.time && passedOn.get(id) === undefined)
    .flatMap((after, index): Act[] => {
      const texts = requestTexts(db, tools, after);
      const proof = proofIn(texts, things);
      const can = flags.get<{ flags: string }>(after.endpoint)?.flags ?? '[]';
      const isWrite = changing.has(after.endpoint);
      const isGrave = index < CALLS_AFTER && isWrite && (/moves-money|grants-power|destroys/.test(can) || foreign.has(after.host));
      return proof === undefined && !isGrave ? [] : [{ call: after, proof, isGrave, isWrite, receiver: receiverIn(texts, things, estate) }];
    })
    .filter((act) => !isWeak(read) || (isToTheLetter(db, tools, act, things) && (!isPlain(read) || isFirstOfItsKind(db, act))));
} // prettier-ignore

interface Obeyed {
  readonly caller: Caller;
  readonly reads: readonly Read[];
  readonly acts: readonly Act[];
}

const isAllPlain = (reads: readonly Read[]): boolean => reads.every((read) => isPlain(read));

function severityOf({ reads, acts }: Obeyed): SeverityDraft {
  const done = acts.filter(({ call }) => isGiven(call));
  const proven = acts.filter(({ proof }) => proof !== undefined);
  const writes = proven.filter(({ isGrave, isWrite }) => isGrave || isWrite);
  return {
    base: 'low',
    steps: [
      ...(acts.length > 0 ? [{ by: 2, why: `${plural(acts.length, 'call')} right after it ${acts.length === 1 ? 'is' : 'are'} what it asked for, or as grave` }] : []),
      ...(writes.length > 0 ? [{ by: 1, why: `what was sent stands in the text: ${writes[0]?.proof?.thing ?? ''}` }] : []),
      ...(acts.length > 0 && done.length === 0 ? [{ by: -1, why: 'every such call was refused' }] : []),
    ],
    cap: acts.length > 0 && proven.length === 0 ? { at: 'medium', why: 'nothing of the text stands in a call' } : isAllPlain(reads) ? { at: 'high', why: 'nothing in the text says that it is meant for a program' } : undefined,
  }; // prettier-ignore
}

/** The telling part of a text, from the sentence in which the first sign stands; unclickable. */
function quoteOf({ text, signs }: Read): string {
  const at = least(signs.map((sign) => sign.at));
  const from = Math.max(0, text.lastIndexOf('. ', at) + 1);
  const cut = text.slice(from, from + QUOTED).replaceAll(/[\s\p{Cc}]+/gu, ' ').trim(); // prettier-ignore
  return `${from > 0 ? '… ' : ''}${defang(withoutFingerprints(cut))}${from + QUOTED < text.length ? ' …' : ''}`;
}

const actText = ({ call, proof }: Act): string =>
  defang(sayStep(call.method, call.host === '' ? call.path : `https://${call.host}${call.path}`)) +
  (proof === undefined ? '' : ` · ${defang(proof.thing)}`);

/** The acts that say most: writes with what the text names, then reads with it, then what only fits in time. */
const toShow = (acts: readonly Act[]): readonly Act[] => {
  const rank = ({ proof, isWrite }: Act): number => (proof === undefined ? 2 : isWrite ? 0 : 1);
  return [...acts].sort((a, b) => rank(a) - rank(b) || byTime(a.call, b.call)).slice(0, 4);
};

function exhibitOf(reads: readonly Read[], acts: readonly Act[]): ExhibitDraft {
  return {
    kind: 'texts',
    title: 'What was read, and what was then done',
    parts: [
      ...reads.slice(0, 3).map((read) => ({ at: read.call.id, heading: `Answer of ${sayStep(read.call.method, read.call.path)}`, pointer: read.pointer, text: quoteOf(read) })),
      ...toShow(acts).map((act) => ({ at: act.call.id, heading: act.proof === undefined ? 'Done right after it' : 'Done with what the text names', pointer: act.proof?.at ?? 'time only', text: actText(act) })),
    ],
  };
} // prettier-ignore

/** What went where, as the breach sheet asks: receivers outside, and kinds of data in the requests that name them. */
function sentOf(
  db: SqlDriver,
  acts: readonly Act[],
): { readonly receiver: readonly string[]; readonly sentData: readonly string[] } | undefined {
  const sent = new Map<string, number>();
  const receivers = new Set<string>();
  for (const { call, receiver, isWrite } of acts) {
    const data = receiver === undefined ? [] : [...dataOn(db, call.id, 'request')];
    if (receiver === undefined || (!isWrite && data.length === 0)) continue;
    receivers.add(receiver);
    for (const [type, count] of data) sent.set(type, (sent.get(type) ?? 0) + count);
  }
  if (receivers.size === 0) return undefined;
  return { receiver: [...receivers].sort(), sentData: worstFirst(sent.keys()).map((type) => dataOf(type, sent.get(type) ?? 0)) };
}

/** What a call asked for: its method and its path, with the tool or query where the path does not say it. */
function placeOf(db: SqlDriver, { endpoint, method, path }: CallRow): string {
  const row = db
    .prepare('SELECT key, method, host, template FROM endpoint WHERE id = ?')
    .get<{ key: string; method: string; template: string; host: string }>(endpoint);
  const inner = row === undefined ? undefined : operationOfEndpoint(row);
  return `${method} ${path}${inner === undefined ? '' : ` · ${inner}`}`;
}

function toDraft(db: SqlDriver, obeyed: Obeyed): FindingDraft {
  const { caller, reads, acts } = obeyed;
  const proven = acts.filter(({ proof }) => proof !== undefined);
  const signs = [...new Set(reads.flatMap((read) => read.signs.map(({ what }) => what)))].sort();
  const [first] = reads;
  const [act] = [proven.filter(({ isWrite }) => isWrite), proven, acts].find((list) => list.length > 0) ?? [];
  const lead = act === undefined || first === undefined ? undefined : Math.max(0, Math.round((act.call.time - first.call.time) / 1e6));
  const own = [...reads, ...acts].map(({ call }) => call);
  const behind = readsBehind(db, { sends: proven.flatMap(({ call, isWrite }) => (isWrite ? [call.id] : [])), told: own, principal: caller.id, since: least(reads.map(({ stamped }) => stamped)) });
  const calls = [...own, ...behind].sort(byTime);
  const what = act === undefined ? 'and did nothing that it asks for' : `and ${lead === undefined ? 'then' : `${durationText(lead)} later`} ${proven.length > 0 ? 'did what it says' : 'made a grave call'}: ${placeOf(db, act.call)}`;
  return {
    subject: `${caller.key} ${first?.call.path ?? ''}`,
    title: `${caller.label} read a text that ${isAllPlain(reads) ? 'names a sum and what it is for' : listOf(signs, 2)} ${what}`,
    severity: severityOf(obeyed),
    confidence: proven.length > 0 ? 'observed' : 'suspected',
    score: Math.min(1, 0.3 + signs.length * 0.05 + (proven.length > 0 ? 0.4 : 0)),
    principals: [caller.id],
    ...whatOf(db, [...new Set(calls.map(({ id }) => id))]),
    crossedAt: act?.call.id,
    observed: { signs, texts: reads.length, callsAfter: acts.length, provenCalls: proven.length, ...(behind.length === 0 ? {} : { readsOfWhatWasSent: behind.length }), ...(lead === undefined ? {} : { secondsFromTextToCall: lead }), ...sentOf(db, acts), ...(act?.proof === undefined ? {} : { textAt: first?.pointer ?? '', callAt: act.proof.at, thing: defang(act.proof.thing) }) },
    expected: { textsThatGiveOrders: 0, callsThatObey: 0 },
    benignTested: [
      { explanation: 'an article or a rule about such texts', result: acts.length === 0 ? 'possible: nothing was done after it' : proven.length > 0 ? 'not supported: a call holds what the text names' : 'possible: nothing of the text stands in a call' },
      ...(isAllPlain(reads) ? [{ explanation: 'a program whose work is to grant what customers ask for', result: 'not supported: it had never done anything of the kind before' }] : []),
      { explanation: 'the principal knew the value before', result: proven.length === 0 ? 'not testable: no value was followed' : 'not supported: what it had named itself in the five minutes before is not counted' },
    ],
    remediation: [
      ...(acts.length > 0 ? ['Undo what was done, and end the agent’s run.'] : []),
      'Keep text that strangers wrote apart from instructions, and let a person confirm what moves money, gives power, deletes or leaves the estate.',
      'Take the text out of the inbox, the page or the index in which other agents still find it.',
    ],
    exhibits: [exhibitOf(reads, acts)],
    story: first === undefined || act === undefined || proven.length === 0 ? [] : [
      { call: first.call.id, role: 'untrusted input', text: `read ${sayStep(first.call.method, first.call.path)}; the text gives orders: “${quoteOf(first)}”` },
      { call: act.call.id, role: 'obeyed', text: `did what it says: ${actText(act)}` },
    ],
  };
} // prettier-ignore

/** Flags text that gives orders to a model, and the call that obeys it. */
export const injectionThenAction: Detector = {
  id: 'injection-then-action',
  version: 6,
  title: 'A text gave orders, and a call obeyed',
  question: 'Did anyone read a text that gives orders to a model, and then do what it says?',
  about: {
    catches: 'A text from outside that gives orders to a model, and calls of its reader soon after that do what it says, with both places.',
    inputs: ['bodies of answers and of requests', 'principals that are agents, or runs that read the text'],
    falsePositives: ['an article or a rule about such texts', 'a value that the reader knew before'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['time', 'answerBody'],
  maps: {
    owaspApi: ['API10:2023'],
    owaspLlm: ['LLM01:2025'],
    owaspAgentic: ['ASI01', 'ASI06', 'MCP06'],
    attack: [],
    atlas: ['AML.T0051.001', 'AML.T0051.002', 'AML.T0094', 'AML.T0099'],
    cwe: ['CWE-1427'],
  },
  settings: [
    { name: 'hostile', value: HOSTILE, why: 'one order that overrides, or two weaker signs; a single word is in many honest texts' },
    { name: 'callsAfter', value: CALLS_AFTER, why: 'a grave call so soon after it may be its work; a call with what the text names counts for all five minutes' },
    { name: 'after', value: '5 min', why: 'as long as one run of an agent takes' },
    { name: 'answers', value: MAX_ANSWERS, why: 'answers that are read in all, those to agents first, so that a minute is the most that reading takes' },
  ],
  async run(db, breathe, tools) {
    const missing = missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    if (db.prepare('SELECT 1 FROM call WHERE flags & ? <> 0 LIMIT 1').get(callFlag.responseBody) === undefined)
      return { kind: 'not-evaluable', reason: 'no bodies of answers in the evidence: what was read cannot be told' };
    const callers = readCallers(db);
    const { domains, foreign } = readEstate(db);
    const estate: Estate = { foreign: new Set(foreign.values()), domains: new Set(domains), changing: changingEndpoints(db), clock: readCommonClock(db) };
    const groups = new Map<number, { readonly reads: Read[]; readonly acts: Map<number, Act> }>();
    for (const [index, read] of (await findReads(db, tools, breathe)).toSorted(byHostility).entries()) {
      const acts = index >= MAX_FOLLOWED ? [] : actsAfter(db, tools, read, estate);
      await breathe();
      if (isWeak(read) && acts.length === 0) continue;
      const group = groups.get(read.call.principal) ?? { reads: [], acts: new Map<number, Act>() };
      groups.set(read.call.principal, group);
      group.reads.push(read);
      for (const act of acts) group.acts.set(act.call.id, act);
    }
    return {
      kind: 'evaluated',
      findings: [...groups].map(([principal, { reads, acts }]) =>
        toDraft(db, { caller: callerOf(callers, principal), reads, acts: [...acts.values()].sort((a, b) => byTime(a.call, b.call)) }),
      ),
    };
  },
}; // prettier-ignore
