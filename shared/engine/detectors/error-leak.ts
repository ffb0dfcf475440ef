import { withoutFingerprints } from '../intake/masking/token.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { hasFlag, inTimeOrder, whoMade, type EvidenceCall } from './inventory/evidence.ts';
import { listOf, plural } from './spoken.ts';

/** Error answers that are read in all. */
export const MAX_ERRORS = 20_000;
/** Text searched of one answer. Units: characters. */
const MAX_TEXT = 16_384;
const EXCERPT = 160;
/** Names of hosts on which developers work. */
const DEVELOPERS = /(?:^|[.-])(?:dev|develop|staging|stage|qa|sandbox|localhost)(?:[.-]|$)/i;

/** What gives internals away. Every pattern begins with fixed text and repeats only classes that do not overlap, so each takes linear time. */
const LEAKS: readonly (readonly [kind: string, isGrave: boolean, pattern: RegExp])[] = [
  ['Java stack trace', false, /\bat [a-z][\w$]{0,60}(?:\.[\w$]{1,80}){1,12}\([A-Z]\w{0,80}\.(?:java|kt|scala):\d{1,6}\)/],
  ['Python stack trace', false, /Traceback \(most recent call last\)|File "[^"\n]{1,200}\.py", line \d{1,6}/],
  ['JavaScript stack trace', false, /\bat [^\n(]{1,120}\([^\n()]{1,200}\.(?:js|ts|mjs|cjs):\d{1,6}:\d{1,6}\)/],
  ['.NET stack trace', false, /\bat [A-Z]\w{0,60}(?:\.[\w`<>]{1,80}){1,12}\([^)\n]{0,200}\) in [A-Z/][^\n:]{0,200}:?[^\n:]{0,100}:line \d{1,6}/],
  ['PHP error', false, /(?:Fatal error|Uncaught \w{0,60}(?:Exception|Error)|Warning|Notice): [^\n]{1,300} in \/[^\n]{1,200}\.php(?: on line |:)\d{1,6}/],
  ['Ruby stack trace', false, /\/[\w./-]{1,200}\.rb:\d{1,6}:in [`']/],
  ['Go panic', false, /\bgoroutine \d{1,8} \[[a-z ]{1,40}\]:|\bpanic: runtime error/],
  ['SQL error', true, /You have an error in your SQL syntax|ORA-\d{5}|PG::\w{1,60}Error|SQLSTATE\[\w{5}\]|unterminated quoted string at or near|SQLite(?:3::|\.)\w{0,20}(?:Exception|Error)|Unclosed quotation mark after the character string|relation "[^"\n]{1,80}" does not exist/],
  ['debug page of a framework', true, /Werkzeug Debugger|DEBUG = True|Whoops, looks like something went wrong|ActionController::\w{1,60}|Whitelabel Error Page/],
  ['path of a server', false, /(?:^|[\s"'(=])(?:\/(?:home|var|usr|opt|srv|app|etc)\/[\w.-]{1,80}\/[\w./-]{1,200}|[A-Z]:\\{1,2}(?:inetpub|Users|Windows|Program Files)\\)/],
  ['internal address', true, /\b(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}):\d{2,5}\b|\b[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:internal|svc\.cluster\.local)\b/],
  ['text of a system prompt', true, /\bYou are an? (?:helpful |AI )?(?:AI |virtual )?assistant\b|<\|im_start\|>system|\[INST\] <<SYS>>/],
]; // prettier-ignore

interface Row extends EvidenceCall {
  readonly endpoint: number;
  readonly key: string;
  readonly host: string;
}

interface Leak {
  readonly endpoint: number;
  readonly key: string;
  readonly host: string;
  readonly kind: string;
  readonly isGrave: boolean;
  readonly excerpt: string;
  readonly calls: EvidenceCall[];
}

/** Part of the text around a hit, on one line; masks of secrets stay masks. */
const excerptOf = (text: string, at: number): string =>
  withoutFingerprints(text.slice(Math.max(0, at - 20), at + EXCERPT))
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();

function toDraft(db: SqlDriver, leaks: readonly Leak[]): FindingDraft {
  const [first] = leaks;
  const calls = inTimeOrder(leaks.flatMap((leak) => leak.calls));
  const who = whoMade(db, calls);
  const kinds = [...new Set(leaks.map(({ kind }) => kind))].sort();
  const key = first?.key ?? '';
  return {
    subject: `${key} errors`,
    title: `${key} shows its insides in ${plural(calls.length, 'error answer')}: ${listOf(kinds, 3)}`,
    severity: {
      base: 'low',
      steps: leaks.some(({ isGrave }) => isGrave) ? [{ by: 1, why: 'databases, inner addresses, debug pages or prompts are among it' }] : [],
      cap: DEVELOPERS.test(first?.host ?? '') ? { at: 'info', why: 'the name of the host says that developers work on it' } : undefined,
    },
    confidence: 'observed',
    score: Math.min(1, 0.2 + kinds.length * 0.1 + Math.min(0.2, calls.length / 100)),
    principals: who.principals, credentials: [], endpoints: first === undefined ? [] : [first.endpoint], chains: who.chains, calls, crossedAt: calls[0],
    observed: { kinds, answers: calls.length, excerpts: leaks.map(({ kind, excerpt }) => `${kind}: ${excerpt}`).slice(0, 10), callers: who.labels.slice(0, 20) },
    expected: { answersWithInternals: 0 },
    benignTested: [{ explanation: 'an environment of developers', result: DEVELOPERS.test(first?.host ?? '') ? 'supported by the name of the host' : 'not supported by the name of the host' }],
    remediation: ['Answer errors with a code and an id to look up; keep traces in the log.', 'Switch debug pages off outside of development.'],
  };
} // prettier-ignore

/** Flags error answers that show stack traces, queries, paths, inner addresses or prompts. */
export const errorLeak: Detector = {
  id: 'error-leak',
  version: 1,
  title: 'Internals in error answers',
  question: 'Which error answers tell a stranger how the service is built?',
  about: {
    catches: 'Error answers with stack traces, queries, paths or names of the inside.',
    inputs: ['answers with bodies'],
    falsePositives: ['environments of developers'],
  },
  family: 'posture',
  needs: ['endpoints', 'chains'],
  reads: ['answerBody'],
  maps: { owaspApi: ['API8:2023'], owaspLlm: ['LLM07:2025'], owaspAgentic: [], attack: ['T1595.002'], atlas: ['AML.T0084'], cwe: ['CWE-209'] },
  settings: [
    { name: 'searched', value: MAX_TEXT, why: 'characters of an error answer that are searched; traces stand at its beginning' },
    { name: 'answers', value: MAX_ERRORS, why: 'error answers that are read in all, so that a load test does not hold up the analysis' },
  ],
  async run(db, breathe, tools) {
    if (!hasFlag(db, callFlag.responseBody)) return { kind: 'not-evaluable', reason: 'no bodies of answers in the evidence' };
    const rows = db
      .prepare(
        `SELECT coalesce(f.same_as, c.id) AS standing, c.id, c.time, f.endpoint_id AS endpoint, e.key, e.host FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id
          WHERE c.status >= 400 AND c.flags & ? <> 0 ORDER BY c.id LIMIT ?`,
      )
      .all<Row & { readonly standing: number }>(callFlag.responseBody, MAX_ERRORS);
    const leaks = new Map<string, Leak>();
    for (const [index, row] of rows.entries()) {
      if (index % 100 === 0) await breathe();
      const text = tools.detail(row.id).responseBody?.text?.slice(0, MAX_TEXT).replaceAll(/\\n|\\r/g, '\n').replaceAll('\\"', '"');
      if (text === undefined) continue;
      for (const [kind, isGrave, pattern] of LEAKS) {
        const at = text.search(pattern);
        if (at === -1) continue;
        const key = `${row.key}\n${kind}`;
        const call = { id: row.standing, time: row.time };
        const leak = leaks.get(key);
        if (leak === undefined) leaks.set(key, { endpoint: row.endpoint, key: row.key, host: row.host, kind, isGrave, excerpt: excerptOf(text, at), calls: [call] });
        else leak.calls.push(call);
      }
    }
    const byEndpoint = new Map<string, Leak[]>();
    for (const leak of leaks.values()) byEndpoint.set(leak.key, [...(byEndpoint.get(leak.key) ?? []), leak]);
    return { kind: 'evaluated', findings: [...byEndpoint.values()].map((group) => toDraft(db, group)) };
  },
}; // prettier-ignore
