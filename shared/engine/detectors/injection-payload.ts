import { withoutFingerprints } from '../intake/mask-token.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import { defang } from './flow/untrusted.ts';
import { findPayload, type Payload } from './probes/payloads.ts';
import { bodyTexts, queryTexts, undoPercent, type RequestText } from './probes/request-texts.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven, pageCalls, type CallRow } from './rows/page-calls.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** Bodies that are searched in all. */
export const MAX_BODIES = 20_000;
/** Fields in which people write what they like: a construct there is a word about one, unless a server error follows. */
const FREE_TEXT =
  /^(?:text|body|message|content|comment|description|note|notes|subject|title|prompt|query_?text|markdown|html|code|snippet|diff|patch|source|script|bio|review)$/i;
/** The answer took so many times the usual nine of ten. */
const SLOWER = 3;
/** And at least so long: short answers vary. Units: µs. */
const SLOW = 2_000_000;
/** The answer is so many times the usual nineteen of twenty. */
const LARGER = 4;
/** Operations that fail more often than this fail for other reasons. */
const USUAL_FAILURES = 0.05;
/** Operations with fewer answers have no usual size or length. */
const MIN_SIBLINGS = 20;
const EXCERPT = 160; // prettier-ignore

interface Hit {
  readonly call: CallRow;
  readonly at: string;
  readonly payload: Payload;
  /** What the server did that it does not do otherwise; undefined when nothing shows. */
  readonly impact: string | undefined;
}

interface Usual {
  readonly calls: number;
  readonly failed: number;
  readonly duration_p90: number | null;
  readonly response_p95: number | null;
}

/** Says what the answer shows beside its siblings. */
function impactOf(call: CallRow, usual: Usual | undefined): string | undefined {
  if (usual === undefined || usual.calls < MIN_SIBLINGS) return call.status >= 500 && call.status !== 503 ? `answered ${String(call.status)}` : undefined;
  if (call.status >= 500 && call.status !== 503 && usual.failed <= USUAL_FAILURES * usual.calls) return `answered ${String(call.status)}, where ${String(usual.failed)} of ${countOf(usual.calls)} fail`;
  if (usual.duration_p90 !== null && call.duration >= SLOW && call.duration >= SLOWER * usual.duration_p90) return `took ${String(Math.round(call.duration / 1e5) / 10)} s, nine of ten take ${String(Math.round(usual.duration_p90 / 1e3))} ms`;
  if (usual.response_p95 !== null && isGiven(call) && call.bytes >= LARGER * Math.max(200, usual.response_p95)) return `answered ${countOf(call.bytes)} bytes, nineteen of twenty are below ${countOf(usual.response_p95)}`;
  return undefined;
} // prettier-ignore

const pathTexts = (path: string): readonly RequestText[] => [{ at: 'path', name: '', text: undoPercent(path) }];

/** The first construct of a request that is not in a field for free text. */
function look(call: CallRow, texts: readonly RequestText[], usualOf: (endpoint: number) => Usual | undefined): Hit | undefined {
  for (const { at, name, text } of texts) {
    const payload = findPayload(text) ?? (/\[\$\w+\]/.test(name) ? findPayload(name) : undefined);
    if (payload === undefined) continue;
    const impact = impactOf(call, usualOf(call.endpoint));
    if (FREE_TEXT.test(name) && impact === undefined) continue;
    return { call, at, payload, impact };
  }
  return undefined;
}

async function findHits(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly Hit[]> {
  const select = db.prepare('SELECT calls, failed, duration_p90, response_p95 FROM endpoint_summary WHERE endpoint_id = ?');
  const usualOf = (endpoint: number): Usual | undefined => select.get<Usual>(endpoint);
  const hits = new Map<number, Hit>();
  const add = (call: CallRow, texts: readonly RequestText[]): void => {
    const hit = hits.has(call.id) ? undefined : look(call, texts, usualOf);
    if (hit !== undefined) hits.set(call.id, hit);
  };
  for (const page of pageCalls(db, "c.query IS NOT NULL OR c.path GLOB '*[%''\"<;|`$({]*' OR c.path LIKE '%..%'")) {
    for (const call of page) add(call, [...queryTexts(call.query), ...pathTexts(call.path)]);
    await breathe();
  }
  let read = 0;
  for (const page of pageCalls(db, `c.flags & ${String(callFlag.requestBody)} <> 0`)) {
    for (const call of page) {
      read += 1;
      if (read > MAX_BODIES) return [...hits.values()];
      if (read % 100 === 0) await breathe();
      add(call, bodyTexts(tools.detail(call.id)));
    }
  }
  return [...hits.values()];
}

function severityOf(hits: readonly Hit[]): SeverityDraft {
  const effects = hits.filter(({ impact }) => impact !== undefined);
  const refused = hits.every(({ call }) => call.status >= 400 && call.status < 500);
  if (effects.length > 0) return { base: 'low', steps: [{ by: 2, why: `${plural(effects.length, 'answer')} ${effects.length === 1 ? 'shows' : 'show'} an effect: ${effects[0]?.impact ?? ''}` }] };
  return { base: 'low', steps: refused ? [{ by: -1, why: 'every attempt was refused' }] : [] };
} // prettier-ignore

const excerptOf = ({ decoded }: Payload): string => defang(withoutFingerprints(decoded)).replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, EXCERPT); // prettier-ignore

function toDraft(db: SqlDriver, caller: Caller, hits: readonly Hit[]): FindingDraft {
  const ordered = [...hits].sort((a, b) => byTime(a.call, b.call));
  const kinds = [...new Set(hits.map(({ payload }) => payload.kind))].sort();
  const effects = hits.filter(({ impact }) => impact !== undefined);
  return {
    subject: `${caller.key} payloads`,
    title: `${caller.label} sent ${listOf(kinds)} payloads in ${plural(hits.length, 'request')}, ${effects.length === 0 ? 'without an effect that shows' : `${countOf(effects.length)} with an effect`}`,
    severity: severityOf(hits),
    confidence: effects.length > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.2 + kinds.length * 0.05 + (effects.length > 0 ? 0.4 : 0)),
    principals: [caller.id],
    ...whatOf(
      db,
      ordered.map(({ call }) => call.id),
    ),
    crossedAt: (ordered.find(({ impact }) => impact !== undefined) ?? ordered[0])?.call.id,
    observed: { kinds, requests: hits.length, withEffect: effects.length, places: [...new Set(hits.map(({ at }) => at))].sort().slice(0, 10), excerpts: ordered.slice(0, 6).map(({ payload }) => excerptOf(payload)) },
    expected: { requestsWithCommands: 0 },
    benignTested: [
      { explanation: 'free text about such things', result: 'not supported: fields for free text count only where an effect shows' },
      { explanation: 'the answers are as always', result: effects.length > 0 ? 'not supported: see the effects' : 'possible: status, size and time are those of other calls' },
    ],
    remediation: [
      'Bind values to queries and commands as parameters; never join them into text.',
      ...(effects.length > 0 ? ['Look at what the answers with an effect held, and at the log of the service behind.'] : []),
    ],
    exhibits: [
      {
        kind: 'ledger',
        title: 'What was sent, decoded, and what came back',
        head: ['Place', 'Kind', 'Decoded', 'Answer'],
        rows: fewOf(ordered, LEDGER_ROWS).map((hit) => ({
          at: hit.call.id,
          tone: hit.impact === undefined ? ('seen' as const) : ('grave' as const),
          cells: [`${hit.call.method} ${hit.call.path.slice(0, EXCERPT)} · ${hit.at}`, hit.payload.kind, excerptOf(hit.payload), hit.impact ?? `${String(hit.call.status)}, as others`],
        })),
        omitted: Math.max(0, ordered.length - LEDGER_ROWS),
      },
    ],
  };
} // prettier-ignore

/** Flags text in requests that a server may take for a command, and says whether the server answered differently. */
export const injectionPayload: Detector = {
  id: 'injection-payload',
  version: 1,
  title: 'Commands in the place of values',
  question: 'Did anyone send text that a server may take for a command, and did it have an effect?',
  about: {
    catches: 'Text in requests that a database, shell, template or parser may take for a command, with what the server did differently after it.',
    inputs: ['paths and queries; bodies where they are kept', 'status, size and time of answers, to see an effect'],
    falsePositives: ['free text about such things: tickets, articles, code reviews', 'a scanner that was ordered'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'inventory'],
  reads: ['caller', 'requestBody'],
  maps: { owaspApi: ['API8:2023'], owaspLlm: ['LLM05:2025'], owaspAgentic: ['ASI05', 'MCP05'], attack: ['T1190'], atlas: ['AML.T0049'], cwe: ['CWE-20'] },
  settings: [
    { name: 'slower', value: SLOWER, why: 'times the usual nine of ten: what sleeps stands out, what is merely slow does not' },
    { name: 'larger', value: LARGER, why: 'times the usual nineteen of twenty: a file or a table instead of an object' },
    { name: 'usualFailures', value: USUAL_FAILURES, why: 'an endpoint that fails more often fails for other reasons' },
    { name: 'bodies', value: MAX_BODIES, why: 'bodies that are searched in all, so that a minute is the most that reading takes' },
  ],
  async run(db, breathe, tools) {
    const missing = missingCallers(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    if (db.prepare('SELECT 1 FROM call WHERE path IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no call has a path, a query or a body to be looked at' };
    const callers = readCallers(db);
    const groups = new Map<number, Hit[]>();
    for (const hit of await findHits(db, tools, breathe)) groups.set(hit.call.principal, [...(groups.get(hit.call.principal) ?? []), hit]);
    return { kind: 'evaluated', findings: [...groups].map(([principal, hits]) => toDraft(db, callerOf(callers, principal), hits)) };
  },
}; // prettier-ignore
