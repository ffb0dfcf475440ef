import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { DetectorTools } from '../detector.ts';
import { hasFlag } from '../inventory/evidence.ts';
import { isGiven, pageCalls, type CallRow } from '../rows/page-calls.ts';
import { countOf } from '../spoken.ts';
import { findInHeader, headerTexts, sourcesWithHeaders, termsWithPayloads } from './header-texts.ts';
import { findPayload, findProbe, findRemoteFile, type Payload } from './payloads.ts';
import { bodyTexts, queryTexts, undoPercent, type RequestText } from './request-texts.ts';

/** Bodies that are searched in all, and as many calls without one for their headers. */
export const MAX_DETAILS = 20_000;
/** Fields in which people write what they like: a construct there is a word about one, unless a server error follows. */
const FREE_TEXT =
  /^(?:text|body|message|content|comment|description|note|notes|subject|title|prompt|query_?text|markdown|html|code|snippet|diff|patch|source|script|bio|review)$/i;
/** The answer took so many times the usual nine of ten. */
export const SLOWER = 3;
/** And at least so long: short answers vary. Units: µs. */
const SLOW = 2_000_000;
/** The answer is so many times the usual nineteen of twenty. */
export const LARGER = 4;
/** Operations that fail more often than this fail for other reasons. */
export const USUAL_FAILURES = 0.05;
/** Operations with fewer answers have no usual size or length. */
const MIN_SIBLINGS = 20;

/** A request with a construct. */
export interface Hit {
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

/** Paths that are looked at: the signs of a construct, encoded or not. */
const ODD_PATH = "c.path GLOB '*[%''\"<;|`$({:\\]*' OR c.path LIKE '%..%' OR c.path LIKE '%etc/%' OR c.path LIKE '%.ini%'";

/** A construct in one value, judged by where it stands. */
function findIn({ at, name, text }: RequestText): Payload | undefined {
  if (at.startsWith('header ')) return findInHeader(name, text);
  const found = findPayload(text) ?? (/\[\$\w+\]/.test(name) ? findPayload(name) : undefined);
  if (found !== undefined || at.startsWith('body')) return found;
  return at === 'path' ? findProbe(text, 'path') : (findProbe(text, 'query') ?? findRemoteFile(name, text));
}

/** The first construct of a request that is not in a field for free text. */
function look(call: CallRow, texts: readonly RequestText[], usualOf: (endpoint: number) => Usual | undefined): Hit | undefined {
  for (const each of texts) {
    const payload = findIn(each);
    if (payload === undefined) continue;
    const impact = impactOf(call, usualOf(call.endpoint));
    if (FREE_TEXT.test(each.name) && impact === undefined) continue;
    return { call, at: each.at, payload, impact };
  }
  return undefined;
}

/** Calls whose User-Agent or Referer holds a construct. Cost: each different text once; a walk along the calls only where one does. */
function* callsByHeader(db: SqlDriver): Generator<readonly (readonly [call: CallRow, texts: readonly RequestText[]])[]> {
  const { ids, count } = termsWithPayloads(db);
  if (count === 0) return;
  const select = db.prepare(
    'SELECT a.value AS agent, r.value AS referer FROM call c LEFT JOIN term a ON a.id = c.user_agent_id LEFT JOIN term r ON r.id = c.referer_id WHERE c.id = ?',
  );
  const within = '(SELECT value FROM json_each(?))';
  for (const page of pageCalls(db, `c.user_agent_id IN ${within} OR c.referer_id IN ${within}`, ids, ids))
    yield page.map((call) => {
      const { agent, referer } = select.get<{ agent: string | null; referer: string | null }>(call.id) ?? { agent: null, referer: null };
      return [
        call,
        [
          { at: 'header user-agent', name: 'user-agent', text: agent ?? '' },
          { at: 'header referer', name: 'referer', text: referer ?? '' },
        ],
      ] as const;
    });
}

/** Calls with what their records keep of bodies and headers: those with bodies, then others of sources that keep headers. */
function* callsWithDetails(db: SqlDriver, tools: DetectorTools): Generator<readonly CallRow[]> {
  const body = `c.flags & ${String(callFlag.requestBody)}`;
  if (hasFlag(db, callFlag.requestBody)) yield* atMost(pageCalls(db, `${body} <> 0`));
  const sources = JSON.stringify(sourcesWithHeaders(db, tools.detail));
  if (sources !== '[]') yield* atMost(pageCalls(db, `${body} = 0 AND c.source_id IN (SELECT value FROM json_each(?))`, sources));
}

function* atMost(pages: Iterable<readonly CallRow[]>): Generator<readonly CallRow[]> {
  let left = MAX_DETAILS;
  for (const page of pages) {
    yield page.slice(0, left);
    left -= page.length;
    if (left <= 0) return;
  }
}

/**
 * The requests with a construct in their path, query, headers or body, one hit each, in the order in which they were found.
 * Cost: paths and queries of all calls; bodies and headers of the first `MAX_DETAILS`.
 */
export async function findHits(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly Hit[]> {
  const select = db.prepare('SELECT calls, failed, duration_p90, response_p95 FROM endpoint_summary WHERE endpoint_id = ?');
  const usualOf = (endpoint: number): Usual | undefined => select.get<Usual>(endpoint);
  const hits = new Map<number, Hit>();
  const add = (call: CallRow, texts: readonly RequestText[]): void => {
    const hit = hits.has(call.id) ? undefined : look(call, texts, usualOf);
    if (hit !== undefined) hits.set(call.id, hit);
  };
  for (const page of pageCalls(db, `c.query IS NOT NULL OR ${ODD_PATH}`)) {
    for (const call of page) add(call, [...queryTexts(call.query), { at: 'path', name: '', text: undoPercent(call.path) }]);
    await breathe();
  }
  for (const page of callsByHeader(db)) {
    for (const [call, texts] of page) add(call, texts);
    await breathe();
  }
  for (const page of callsWithDetails(db, tools)) {
    for (const [index, call] of page.entries()) {
      if (index % 100 === 0) await breathe();
      const detail = tools.detail(call.id);
      add(call, [...bodyTexts(detail), ...headerTexts(detail)]);
    }
  }
  return [...hits.values()];
}
