import { sayStep } from '../../model/named-operation.ts';
import { append } from '../../lib/append.ts';
import { answerText } from '../store/call-answer.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import { readCommonClock } from '../store/read/clock-offsets.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import { defang } from './flow/untrusted.ts';
import { privateTarget, type PrivateTarget } from './probes/private-target.ts';
import { bodyTexts, queryTexts, type RequestText } from './probes/request-texts.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, countGiven, isGiven, pageCalls, type CallRow } from './rows/page-calls.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';
import { ledDraft } from './ssrf/led-draft.ts';
import { findLedFetches } from './ssrf/led-fetches.ts';
import { findUsedElsewhere } from './ssrf/used-elsewhere.ts';

/** Bodies that are searched in all. */
export const MAX_BODIES = 20_000;
/** A target that so many callers name is part of the set-up. */
const HABIT_CALLERS = 3;
/** The server's own call to the target follows at once. Units: µs. */
const FOLLOWS = 30_000_000;
/** No clock is moved by more when calls are linked. Units: µs. */
const CLOCKS_APART = 60_000_000;
/** Answers of a metadata service, in the words of the large clouds. */
const METADATA_WORDS =
  /"(?:AccessKeyId|SecretAccessKey|instanceId|instance-id|privateIp|accountId|imageId|vmId|serviceAccounts)"|ami-id|iam\/security-credentials|computeMetadata|availabilityZone/;

interface Hit {
  readonly call: CallRow;
  readonly at: string;
  readonly target: PrivateTarget;
}

/** The target in the first value that names one. */
function hitIn(call: CallRow, texts: readonly RequestText[]): Hit | undefined {
  for (const { at, text } of texts) {
    const target = privateTarget(text);
    if (target !== undefined) return { call, at, target };
  }
  return undefined;
}

async function findHits(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  const url = "c.query LIKE '%:%' OR c.query LIKE '%\\%3a%' ESCAPE '\\' OR c.query LIKE '%//%' OR c.query LIKE '%\\%2f\\%2f%' ESCAPE '\\'";
  for (const page of pageCalls(db, url)) {
    for (const call of page)
      append(
        hits,
        [hitIn(call, queryTexts(call.query))].filter((hit) => hit !== undefined),
      );
    await breathe();
  }
  let read = 0;
  for (const page of pageCalls(db, `c.flags & ${String(callFlag.requestBody)} <> 0`)) {
    for (const call of page) {
      read += 1;
      if (read > MAX_BODIES) return hits;
      if (read % 100 === 0) await breathe();
      append(
        hits,
        [hitIn(call, bodyTexts(tools.detail(call.id)))].filter((hit) => hit !== undefined),
      );
    }
  }
  return hits;
}

/** Calls that the servers themselves made to a target soon after it was named, as the clocks of their logs stand to each other. */
const fetchesOf = (db: SqlDriver, hits: readonly Hit[]): readonly number[] => {
  const select = db.prepare(
    'SELECT c.id, c.source_id AS source, c.time FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term h ON h.id = c.host_id WHERE h.value = ? AND c.time BETWEEN ? AND ? AND f.same_as IS NULL ORDER BY c.time',
  );
  const toCommon = readCommonClock(db);
  const own = new Set(hits.map(({ call }) => call.id));
  const after = ({ call, target }: Hit): readonly number[] => {
    if (target.host === '') return [];
    const named = toCommon(call.source, call.time);
    return select
      .all<{ id: number; source: number; time: number }>(target.host, named - CLOCKS_APART, named + FOLLOWS + CLOCKS_APART)
      .filter(({ source, time }) => toCommon(source, time) >= named && toCommon(source, time) <= named + FOLLOWS)
      .map(({ id }) => id);
  };
  return [...new Set(hits.flatMap(after))].filter((id) => !own.has(id));
};

interface Attempt {
  readonly caller: Caller;
  readonly hits: readonly Hit[];
  readonly fetches: readonly number[];
  /** Answers that hold what a metadata service says. */
  readonly shown: number;
}

function severityOf({ hits, fetches, shown }: Attempt): SeverityDraft {
  const { given, unknown } = countGiven(hits.map(({ call }) => call));
  const metadata = hits.some(({ target }) => target.kind === 'metadata service');
  return {
    base: 'medium',
    steps: [
      ...(given + unknown + shown + fetches.length === 0 ? [{ by: -1, why: 'every attempt failed' }] : []),
      ...(given > 0 && metadata ? [{ by: 1, why: `${plural(given, 'request')} for a metadata service or beside one ${given === 1 ? 'was' : 'were'} answered with 2xx` }] : []),
      ...(shown > 0 ? [{ by: 1, why: `${plural(shown, 'answer')} ${shown === 1 ? 'holds' : 'hold'} what a metadata service says` }] : []),
      ...(fetches.length > 0 ? [{ by: 1, why: `the server then called the target ${plural(fetches.length, 'time')}` }] : []),
    ],
  }; // prettier-ignore
}

/** What became of the requests, as the end of a sentence. */
function answersText(given: number, unknown: number): string {
  if (given + unknown === 0) return 'all refused';
  const known = given === 0 ? [] : [`${countOf(given)} answered with 2xx`];
  return listOf([...known, ...(unknown === 0 ? [] : [`${countOf(unknown)} without a recorded answer`])]);
}

function toDraft(db: SqlDriver, attempt: Attempt): FindingDraft {
  const { caller, hits, fetches, shown } = attempt;
  const kinds = [...new Set(hits.map(({ target }) => target.kind))].sort();
  const targets = [...new Set(hits.map(({ target }) => defang(target.url)))];
  const { given, unknown } = countGiven(hits.map(({ call }) => call));
  const ordered = [...hits].sort((a, b) => byTime(a.call, b.call));
  return {
    subject: `${caller.key} ${kinds.join()}`,
    title: `${caller.label} handed in ${plural(targets.length, 'address', 'addresses')} of ${listOf(kinds.map((kind) => `a ${kind}`))} in ${plural(hits.length, 'request')}, ${answersText(given, unknown)}`,
    severity: severityOf(attempt),
    confidence: fetches.length > 0 || shown > 0 ? 'observed' : given > 0 ? 'inferred' : 'suspected',
    score: Math.min(1, 0.4 + (given > 0 ? 0.2 : 0) + (fetches.length > 0 || shown > 0 ? 0.3 : 0)),
    principals: [caller.id],
    ...whatOf(db, [...ordered.map(({ call }) => call.id), ...fetches]),
    crossedAt: ordered[0]?.call.id,
    observed: { targets: targets.slice(0, 10), kinds, requests: hits.length, answered: given, withoutRecordedAnswer: unknown, fetchedByServer: fetches.length, metadataInAnswers: shown },
    expected: { privateTargets: 0 },
    benignTested: [
      { explanation: 'the target is part of the set-up', result: `not supported: fewer than ${String(HABIT_CALLERS)} principals ever name it, and none did in the baseline` },
      { explanation: 'a client that looks up OAuth metadata', result: 'not supported: such addresses are public, and this one is not' },
    ],
    remediation: [
      'Let the server fetch from a list of hosts only, and look at the address after each redirect and look-up.',
      'Close the metadata service to the workload, or demand its session token.',
      ...(given + unknown > 0 ? ['Treat credentials of the machine that answered as known; replace them.'] : []),
    ],
    exhibits: [
      {
        kind: 'ledger',
        title: 'Addresses handed in, decoded',
        head: ['Place', 'Target', 'What it is', 'Answer'],
        rows: fewOf(ordered, LEDGER_ROWS).map(({ call, at, target }) => ({
          at: call.id,
          tone: isGiven(call) ? ('grave' as const) : ('refused' as const),
          cells: [`${sayStep(call.method, call.path)} · ${at}`, defang(target.url), target.host === '' ? target.kind : `${target.kind} ${defang(target.host)}`, answerText(call)],
        })),
        omitted: Math.max(0, ordered.length - LEDGER_ROWS),
      },
    ],
  };
} // prettier-ignore

/** Targets that several callers name, or that were named while things were usual: part of the set-up. */
function habitual(hits: readonly Hit[], baselineTo: number | undefined): ReadonlySet<string> {
  const callers = new Map<string, Set<number>>();
  const early = new Map<string, number>();
  for (const { call, target } of hits) {
    const key = target.host === '' ? target.url : target.host;
    const set = callers.get(key) ?? new Set<number>();
    callers.set(key, set.add(call.principal));
    if (target.kind === 'inner name' && baselineTo !== undefined && call.time <= baselineTo && isGiven(call))
      early.set(key, (early.get(key) ?? 0) + 1);
  }
  return new Set([...callers].filter(([key, set]) => set.size >= HABIT_CALLERS || (early.get(key) ?? 0) >= HABIT_CALLERS).map(([key]) => key));
} // prettier-ignore

/** Flags URLs in requests that would have the server fetch from where only it can reach. */
export const ssrfPattern: Detector = {
  id: 'ssrf-pattern',
  version: 2,
  title: 'Server made to fetch from inside',
  question: 'Did anyone hand in an address that only the server itself can reach?',
  about: {
    catches: 'An address in a request that would have the server fetch from where only it can reach: inner networks, the cloud’s metadata, other spellings of them; and a fetch that a strange host’s redirect led there, with what was then done with the credential that it was given.',
    inputs: ['queries and bodies of requests', 'calls that leave the estate, to see whether the fetch was made and where its answer sent it', 'the audit log of the cloud, to see where the service’s identity was used afterwards'],
    falsePositives: ['a target that is part of the set-up', 'development against one’s own machine'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['caller', 'requestBody'],
  maps: {
    owaspApi: ['API7:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1190', 'T1552'],
    atlas: ['AML.T0049'],
    cwe: ['CWE-918'],
  },
  settings: [
    { name: 'habitCallers', value: HABIT_CALLERS, why: 'an inner address that three principals name, or that was answered three times before, is part of the set-up' },
    { name: 'follows', value: '30 s', why: 'a server fetches at once what it is handed' },
    { name: 'bodies', value: MAX_BODIES, why: 'bodies that are searched in all, so that a minute is the most that reading takes' },
  ],
  async run(db, breathe, tools) {
    const missing = missingCallers(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const led = findLedFetches(db);
    const readable = db.prepare('SELECT 1 FROM call WHERE query IS NOT NULL OR flags & ? <> 0 LIMIT 1').get(callFlag.requestBody);
    if (readable === undefined && led.length === 0) return { kind: 'not-evaluable', reason: 'neither query strings nor bodies of requests in the evidence' };
    const callers = readCallers(db);
    const all = await findHits(db, tools, breathe);
    const usual = habitual(all, Number(getMeta(db, 'baseline_to') ?? NaN));
    const groups = new Map<number, Hit[]>();
    for (const hit of all) {
      if (usual.has(hit.target.host === '' ? hit.target.url : hit.target.host)) continue;
      groups.set(hit.call.principal, [...(groups.get(hit.call.principal) ?? []), hit]);
    }
    const ofLed = led.map((each) => {
      const named = (groups.get(each.caller) ?? []).map(({ call }) => call.id);
      const handed = each.fetches.filter(({ isHandedOut }) => isHandedOut);
      return ledDraft(db, callerOf(callers, each.caller), each, findUsedElsewhere(db, each.caller, handed), named);
    });
    for (const { caller } of led) groups.delete(caller);
    const findings = [...groups].map(([principal, hits]) => {
      const shown = hits.filter(({ call }) => METADATA_WORDS.test(tools.detail(call.id).responseBody?.text ?? '')).length;
      return toDraft(db, { caller: callerOf(callers, principal), hits, fetches: fetchesOf(db, hits), shown });
    });
    return { kind: 'evaluated', findings: [...ofLed, ...findings] };
  },
}; // prettier-ignore
