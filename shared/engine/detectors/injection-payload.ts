import { addTo } from '../../lib/group-values.ts';
import { withoutFingerprints } from '../intake/masking/token.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import { defang } from './flow/untrusted.ts';
import { findHits, LARGER, MAX_DETAILS, SLOWER, USUAL_FAILURES, type Hit } from './probes/payload-hits.ts';
import type { Payload } from './probes/payloads.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven } from './rows/page-calls.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

const EXCERPT = 160;

/** Runs where it is written down: what the answer says, and whether the request was refused, tells nothing. Source: CVE-2021-44228. */
const LOGGED = 'log4j';

function severityOf(hits: readonly Hit[]): SeverityDraft {
  const effects = hits.filter(({ impact }) => impact !== undefined);
  if (effects.length > 0) return { base: 'low', steps: [{ by: 2, why: `${plural(effects.length, 'answer')} ${effects.length === 1 ? 'shows' : 'show'} an effect: ${effects[0]?.impact ?? ''}` }] };
  const logged = hits.filter(({ payload }) => payload.kind === LOGGED);
  if (logged.some(({ call }) => isGiven(call))) return { base: 'low', steps: [{ by: 1, why: 'a look-up that log4j runs when it writes the line (CVE-2021-44228) was answered like any other call' }] };
  const refused = hits.every(({ call }) => call.status >= 400 && call.status < 500);
  return { base: 'low', steps: refused && logged.length === 0 ? [{ by: -1, why: 'every attempt was refused' }] : [] };
} // prettier-ignore

const excerptOf = ({ decoded }: Payload): string => defang(withoutFingerprints(decoded)).replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, EXCERPT); // prettier-ignore

const kindsOf = (hits: readonly Hit[]): readonly string[] => [...new Set(hits.map(({ payload }) => payload.kind))].sort();

/** One finding for each caller that is known or had an effect; strangers who sent the same in vain are one. */
function groupHits(hits: readonly Hit[], callers: ReadonlyMap<number, Caller>): readonly (readonly Hit[])[] {
  const byCaller = new Map<number, Hit[]>();
  for (const hit of hits) addTo(byCaller, hit.call.principal, hit);
  const groups = new Map<string, Hit[]>();
  for (const [id, own] of byCaller) {
    const caller = callerOf(callers, id);
    const isStranger = caller.weak && own.every(({ impact }) => impact === undefined);
    const group = isStranger ? `strangers ${kindsOf(own).join(' ')}` : caller.key;
    for (const hit of own) addTo(groups, group, hit);
  }
  return [...groups.values()];
}

function toDraft(db: SqlDriver, callers: readonly Caller[], hits: readonly Hit[]): FindingDraft {
  const ordered = [...hits].sort((a, b) => byTime(a.call, b.call));
  const kinds = kindsOf(hits);
  const [caller, ...others] = callers;
  const effects = hits.filter(({ impact }) => impact !== undefined);
  return {
    subject: others.length === 0 ? `${caller?.key ?? ''} payloads` : `strangers ${kinds.join(' ')} payloads`,
    title: `${others.length === 0 ? (caller?.label ?? 'An unknown principal') : plural(callers.length, 'stranger')} sent ${listOf(kinds)} payloads in ${plural(hits.length, 'request')}, ${effects.length === 0 ? 'without an effect that shows' : `${countOf(effects.length)} with an effect`}`,
    severity: severityOf(hits),
    confidence: effects.length > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.2 + kinds.length * 0.05 + (effects.length > 0 ? 0.4 : 0)),
    principals: callers.map(({ id }) => id),
    ...whatOf(
      db,
      ordered.map(({ call }) => call.id),
    ),
    crossedAt: (ordered.find(({ impact }) => impact !== undefined) ?? ordered[0])?.call.id,
    observed: { kinds, requests: hits.length, withEffect: effects.length, places: [...new Set(hits.map(({ at }) => at))].sort().slice(0, 10), excerpts: ordered.slice(0, 6).map(({ payload }) => excerptOf(payload)) },
    expected: { requestsWithCommands: 0 },
    benignTested: [
      { explanation: 'free text about such things', result: 'not supported: fields for free text count only where an effect shows' },
      ...(kinds.includes(LOGGED) ? [{ explanation: 'the services behind do not log with log4j, or with one that is mended', result: 'cannot be told from calls: no answer shows it' }] : []),
      { explanation: 'the answers are as always', result: effects.length > 0 ? 'not supported: see the effects' : 'possible: status, size and time are those of other calls' },
    ],
    remediation: [
      'Bind values to queries and commands as parameters; never join them into text.',
      ...(kinds.includes(LOGGED) ? ['Look for connections of the services behind to the addresses in the payloads, and for versions of log4j before 2.17.1.'] : []),
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
  version: 2,
  title: 'Commands in the place of values',
  question: 'Did anyone send text that a server may take for a command, and did it have an effect?',
  about: {
    catches: 'Text in requests that a database, shell, template or parser may take for a command, with what the server did differently after it.',
    inputs: ['paths and queries; User-Agent and Referer, other headers and bodies where they are kept', 'status, size and time of answers, to see an effect'],
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
    { name: 'bodies', value: MAX_DETAILS, why: 'bodies that are searched in all, and as many calls for their headers, so that a minute is the most that reading takes' },
  ],
  async run(db, breathe, tools) {
    const missing = missingCallers(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    if (db.prepare('SELECT 1 FROM call WHERE path IS NOT NULL LIMIT 1').get() === undefined)
      return { kind: 'not-evaluable', reason: 'no call has a path, a query or a body to be looked at' };
    const callers = readCallers(db);
    const groups = groupHits(await findHits(db, tools, breathe), callers);
    return {
      kind: 'evaluated',
      findings: groups.map((hits) => toDraft(db, [...new Set(hits.map(({ call }) => call.principal))].map((id) => callerOf(callers, id)), hits)),
    };
  },
}; // prettier-ignore
