import { durationText } from '../../../lib/duration.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';
import type { FindingDraft, SeverityDraft } from '../detector.ts';
import { LEDGER_ROWS } from '../exhibits/few.ts';
import type { ExhibitDraft } from '../exhibits/name-calls.ts';
import { worstFirst } from '../flow/data-words.ts';
import { dataOn } from '../flow/run-calls.ts';
import { defangHost, type StorySteps } from '../flow/story.ts';
import { countOf, dataOf, listOf, plural, sizeOf } from '../spoken.ts';
import { LEAST_VALUES, type Carrying, type NewArgument, type PassedAnswer } from './passed-on.ts';

/** Hops behind a tool's answer that are its own work: what it asked, and who answered that. */
const HOPS = 2;
/** Calls of one finding that are looked behind. */
const MAX_BEHIND = 2_000;

/** Calls that the tools made whose answers were passed on: the same reads where a client and a gateway show them. */
function behind(db: SqlDriver, answers: readonly number[]): readonly number[] {
  return db
    .prepare(
      `WITH RECURSIVE made(id, hops) AS (SELECT value, 0 FROM json_each(?) UNION
         SELECT e.to_call, m.hops + 1 FROM made m JOIN edge e ON e.from_call = m.id WHERE e.kind IN ${CALLED_KINDS} AND m.hops < ${String(HOPS)})
       SELECT DISTINCT id FROM made WHERE hops > 0 ORDER BY id LIMIT ${String(MAX_BEHIND)}`,
    )
    .all<{ id: number }>(JSON.stringify(answers))
    .map(({ id }) => id);
}

/** Reads as the ones behind what was passed on, made by the same program after the record of its runs ends. */
interface Untold {
  readonly calls: number;
  readonly source: string;
  /** Units: µs. */
  readonly ends: number;
}

/**
 * Counts what only another log shows: calls at the endpoints of such reads, from the address and with the program that made them, after the source that
 * tells of the runs ends. Whether their answers were passed on, no record says.
 */
function findUntold(db: SqlDriver, carrying: readonly Carrying[], reads: readonly number[]): Untold | undefined {
  const [first] = carrying;
  const source = first === undefined ? undefined : db.prepare('SELECT s.id, s.name, (SELECT max(time) FROM call WHERE source_id = s.id) AS ends FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?').get<{ id: number; name: string; ends: number | null }>(first.call);
  if (source === undefined || source.ends === null) return undefined;
  const after = db
    .prepare(
      `WITH known AS MATERIALIZED (
         SELECT DISTINCT r.source_id AS source, rf.endpoint_id AS endpoint, ifnull(r.client_ip_id, 0) AS ip, ifnull(r.user_agent_id, 0) AS agent
           FROM json_each(?) j JOIN call r ON r.id = j.value JOIN call_fact rf ON rf.call_id = r.id)
       SELECT count(DISTINCT ifnull(f.same_as, c.id)) AS n FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.time > ? AND c.source_id <> ? AND (c.source_id, f.endpoint_id, ifnull(c.client_ip_id, 0), ifnull(c.user_agent_id, 0)) IN (SELECT source, endpoint, ip, agent FROM known)`,
    )
    .get<{ n: number }>(JSON.stringify(reads), source.ends, source.id);
  return after === undefined || after.n === 0 ? undefined : { calls: after.n, source: source.name, ends: source.ends };
} // prettier-ignore

/** The only argument of a question, as a word for what was asked about. */
function askedBy(asked: string): string | undefined {
  const names = new Set<string>();
  scanJson(asked, ({ pointer }) => {
    names.add(/^\$\.([A-Za-z_][\w-]*)$/.exec(pointer)?.[1] ?? '');
    return names.size < 2;
  });
  const [only] = names.size === 1 ? names : [];
  return only === '' ? undefined : only;
}

const isPassed = (answer: PassedAnswer | undefined): answer is PassedAnswer => (answer?.values ?? 0) >= LEAST_VALUES;

/** What left in new arguments of one server's tools, for the finding that tells of it. */
export interface SentSince {
  readonly lead: NewArgument;
  /** In time order. */
  readonly carrying: readonly Carrying[];
  readonly answers: readonly PassedAnswer[];
  /** The whole evidence: the calls, the answers that went into them, and the reads behind those. */
  readonly calls: readonly number[];
  readonly bytes: number;
  /** Different things that were asked about, and the word for them. */
  readonly objects: number;
  readonly objectWord: string | undefined;
  readonly data: ReadonlyMap<string, number>;
  readonly untold: Untold | undefined;
}

/** Adds up what left; `undefined` where nothing did. `passed`: of one server. */
export function sentSince(db: SqlDriver, passed: readonly NewArgument[]): SentSince | undefined {
  const bytesOf = ({ carrying }: NewArgument): number => carrying.reduce((sum, { bytes }) => sum + bytes, 0);
  const lead = passed.toSorted((a, b) => bytesOf(b) - bytesOf(a)).at(0);
  if (lead === undefined) return undefined;
  const carrying = passed.flatMap((each) => each.carrying).sort((a, b) => a.time - b.time || a.call - b.call);
  const answers = carrying.flatMap(({ answer }) => (isPassed(answer) ? [answer] : []));
  const reads = behind(db, answers.map(({ call }) => call));
  const data = new Map<string, number>();
  for (const { call } of carrying) for (const [type, count] of dataOn(db, call, 'request')) data.set(type, (data.get(type) ?? 0) + count);
  const [first] = answers;
  return {
    lead, carrying, answers, data,
    calls: [...new Set([...answers.map(({ call }) => call), ...reads, ...carrying.flatMap(({ call, message }) => [call, message])])],
    bytes: passed.reduce((sum, each) => sum + bytesOf(each), 0),
    objects: new Set(answers.map(({ by, asked }) => `${by} ${asked}`)).size,
    objectWord: first === undefined ? undefined : askedBy(first.asked),
    untold: findUntold(db, carrying, reads),
  };
} // prettier-ignore

/** Who calls the tool: the program as its trace names it. */
const agentOf = ({ lead: { program, release } }: SentSince): string | undefined =>
  program === undefined ? undefined : release === undefined ? program : `${program} ${release}`;

/** `46 customer_id values`, or the count of questions where they have no one word. */
const objectsText = ({ objects, objectWord }: SentSince): string =>
  objectWord === undefined ? plural(objects, 'different question') : plural(objects, `${objectWord} value`);

const sourcesOf = ({ answers }: SentSince): readonly string[] => [...new Set(answers.map(({ by }) => by))];

export const sentTitle = (sent: SentSince): string =>
  `${sent.lead.program ?? 'An agent'} passed what ${listOf(sourcesOf(sent), 2)} answered to ${defangHost(sent.lead.host)}: ${plural(sent.carrying.length, 'call')} of ${sent.lead.tool} carried it in ${sent.lead.argument}, an argument that none of ${plural(sent.lead.before, 'call')} before had; ${objectsText(sent)}, ${sizeOf(sent.bytes)}`;

export function sentSteps(sent: SentSince): SeverityDraft['steps'] {
  const kinds = worstFirst(sent.data.keys());
  return [
    { by: 1, why: `${plural(sent.answers.length, 'call')} took what ${listOf(sourcesOf(sent), 2)} had answered to ${defangHost(sent.lead.host)}, outside the estate` },
    ...(kinds.length === 0 ? [] : [{ by: 1, why: `data about people was among it: ${listOf(kinds.map((type) => dataOf(type, sent.data.get(type) ?? 0)), 3)}` }]),
  ];
} // prettier-ignore

export function sentFacts(sent: SentSince): FindingDraft['observed'] {
  const { lead, untold, data } = sent;
  const agent = agentOf(sent);
  return {
    ...(agent === undefined ? {} : { agent }),
    receiver: [lead.host],
    newArgument: lead.argument,
    callsBeforeWithoutIt: lead.before,
    sends: sent.carrying.length,
    sentBytes: sent.bytes,
    sentData: worstFirst(data.keys()).map((type) => dataOf(type, data.get(type) ?? 0)),
    provenCalls: sent.answers.length,
    answersOf: sourcesOf(sent).slice(0, 10),
    distinctObjects: sent.objects,
    ...(sent.objectWord === undefined ? {} : { objectsBy: sent.objectWord }),
    ...(untold === undefined ? {} : { suchReadsAfterTraceEnds: untold.calls, traceEnds: printTime(epochMicros(untold.ends)) }),
  };
} // prettier-ignore

/** What speaks for the agent's own makers having wanted it. */
export const sentBenign = ({ lead: { program, release } }: SentSince): FindingDraft['benignTested'][number] => ({
  explanation: 'a new release of the agent that sends it on purpose',
  result: release === undefined ? 'not tested: no record says which release made the calls' : `not supported: ${program ?? 'the agent'} was ${release} before and after`,
}); // prettier-ignore

export function sentLedger({ lead, carrying, bytes }: SentSince): ExhibitDraft {
  const things = new Map<string, { readonly at: number; readonly by: string; calls: number; bytes: number }>();
  for (const { call, answer, bytes: length } of carrying) {
    const key = answer?.asked ?? 'not found in any answer';
    const thing = things.get(key) ?? { at: call, by: answer?.by ?? '', calls: 0, bytes: 0 };
    things.set(key, thing);
    thing.calls += 1;
    thing.bytes += length;
  }
  const rows = [...things].sort(([, a], [, b]) => b.bytes - a.bytes || a.at - b.at);
  return {
    kind: 'ledger',
    title: `What was passed on in ${lead.argument}: ${sizeOf(bytes)} in ${plural(carrying.length, 'call')}`,
    head: ['Answer of', 'Asked for', 'Calls', 'Bytes'],
    rows: rows.slice(0, LEDGER_ROWS).map(([asked, { at, by, calls, bytes: sum }]) => ({ at, tone: 'seen', cells: [by, asked.slice(0, 120), countOf(calls), sizeOf(sum)] })),
    omitted: Math.max(0, rows.length - LEDGER_ROWS),
  };
} // prettier-ignore

/** What happened, in order: the change where it was shown, the answer, the first call that carried it, the others, and what no record tells. */
export function sentStory(sent: SentSince, shown: { readonly call: number; readonly text: string } | undefined): StorySteps {
  const { carrying, answers, lead, untold } = sent;
  const first = carrying.find(({ answer }) => isPassed(answer));
  const last = carrying.at(-1);
  const [source] = answers;
  if (first === undefined || last === undefined || source === undefined) return [];
  const since = Math.max(1, Math.round((last.time - first.time) / 1e6));
  return [
    ...(shown === undefined ? [] : [{ call: shown.call, role: 'changed definition', text: shown.text }]),
    { call: source.call, role: 'sensitive read', text: `Asked ${source.by}; ${plural(source.values, 'value')} of its answer ${source.values === 1 ? 'was' : 'were'} passed on right after` },
    { call: first.message, role: 'outward send', text: `Called ${lead.tool} of ${defangHost(lead.host)} with ${lead.argument}, which none of ${plural(lead.before, 'call')} before had: ${sizeOf(first.bytes)}` },
    ...(carrying.length === 1 ? [] : [{ call: last.call, role: 'went on', text: `Did so ${plural(carrying.length, 'time')} in ${durationText(since)}: ${objectsText(sent)}, ${sizeOf(sent.bytes)}` }]),
    ...(untold === undefined ? [] : [{ call: last.message, role: 'not told', text: `${untold.source} ends at ${printTime(epochMicros(untold.ends))}; after that another log shows ${plural(untold.calls, 'more such read')} of the same program, and no record says whether ${untold.calls === 1 ? 'it was' : 'they were'} passed on` }]),
  ];
} // prettier-ignore
