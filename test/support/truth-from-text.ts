import { toTruth, type Truth } from '#test/bench/truth/load.ts';
import type { CallTruth, CauseTruth, RecordTruth, ScenarioTruth } from '#test/support/scenarios/core/truth.ts';

const SCENARIO: ScenarioTruth = {
  world: 'small',
  seed: '1',
  scale: 1,
  start: 0,
  end: 86_400_000,
  incidents: [],
  traps: [],
  sources: [
    { name: 'kong.jsonl', format: 'kong-json', records: 0, broken: 0 },
    { name: 'agent.har', format: 'har', records: 0, broken: 0 },
  ],
  endpoints: [],
  principals: [],
  calls: 0,
};

/** `kong#1` as a record of `kong.jsonl`, `har#1` of `agent.har`; `-` after it: without ids, `+`: with the trace alone, `~`: shows only the network, `=`: the consumer, `!`: broken. */
function toRecord(text: string, call: string): RecordTruth {
  const [, source = '', number = '', marks = ''] = /^(\w+)#(\d+)(\W*)$/.exec(text) ?? [];
  return {
    ref: `${source === 'har' ? 'agent.har' : 'kong.jsonl'}#${number}`,
    call,
    as: marks.includes('!') ? 'broken' : 'record',
    visible: marks.includes('~') ? 'network' : marks.includes('=') ? 'consumer' : 'credential',
    ids: marks.includes('-') ? [] : marks.includes('+') ? ['trace'] : ['request', 'trace'],
  };
}

/** `call a`, `value a response $.id > path {order}`. */
function toCause(text: string): CauseTruth {
  const [, kind = '', from = '', fromAt, toAt] = /^(\w+) ([\w>]+)(?: (.+?) > (.+))?$/.exec(text) ?? [];
  return { from, kind: kind as CauseTruth['kind'], ...(fromAt === undefined || toAt === undefined ? {} : { fromAt, toAt }) };
}

function toCall(id: string, who: string, session: string, request: string, more: readonly string[]): CallTruth {
  const [principal = '', credential] = who.split('/');
  const [method = '', target = ''] = request.split(' ');
  const host = target.split('/')[0] ?? '';
  const find = (name: string): string | undefined => more.find((part) => part.startsWith(`${name} `))?.slice(name.length + 1);
  const causes = more.filter((part) => /^(?:call|value|redirect|pagination|credential|rpc) /.test(part)).map(toCause);
  const [trace, span, parentSpan] = (find('trace') ?? '').split(' ').map((part) => (part === '' ? undefined : part));
  const referer = find('referer');
  const [labelled, incident] = (find('of') ?? '').split(' ');
  return {
    id,
    at: 0,
    hop: more.includes('inner') ? 'inner' : 'client',
    session,
    principal,
    kind: principal.startsWith('bot') ? 'agent' : 'human',
    ...(credential === undefined ? {} : { credential, credentialKind: credential.startsWith('t') ? 'jwt' : 'api-key' }),
    method,
    host,
    ...(more.includes('probe') ? {} : { template: target.slice(host.length) }),
    status: 200,
    ...(causes.length === 0 ? {} : { causes }),
    ...(span === undefined ? {} : { span }),
    ...(parentSpan === undefined ? {} : { parentSpan }),
    ...(referer === undefined ? {} : { referer }),
    ids: { request: find('id') ?? id, ...(trace === undefined ? {} : { trace }) },
    ...(incident === undefined || labelled === undefined
      ? {}
      : labelled === 'trap'
        ? { label: { kind: 'trap', id: incident, role: 'context' } }
        : { label: { kind: 'incident', id: incident, role: labelled === 'evidence' ? 'evidence' : 'context' } }),
  };
}

/**
 * A small truth, a call a line, columns apart by two spaces or more:
 * `a  kong#1 har#1  anna/token-1  session-1  GET api.test/v1/things/{thing}  call b  of evidence theft`.
 * Shape: a principal that begins with `bot` is an agent, a credential that begins with `t` a token, another one a key; calls with the same `id X` share the id of a request, with `trace X [span [parent]]` a trace.
 */
export function truthFromText(text: string, scenario: Partial<ScenarioTruth> = {}): Truth {
  const lines = text
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/))
    .filter(([id]) => id !== undefined && id !== '');
  return toTruth(
    { ...SCENARIO, ...scenario },
    lines.map(([id = '', , who = '', session = '', request = '', ...more]) => toCall(id, who, session, request, more)),
    lines.flatMap(([id = '', refs = '']) => refs.split(' ').map((ref) => toRecord(ref, id))),
  );
}
