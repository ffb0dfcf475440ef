import { LARGE_START } from './estate.ts';
import type { Written } from './kong-lines.ts';
import { openLineFile } from './line-file.ts';
import { seededRandom, type Random } from './random.ts';

const HOST = 'tools.acme.test';
/** Pages of a listing, questions of a poll and requests of a loop that follow each other, at least and at most. */
const LEAST_RUN = 3;
const MOST_RUN = 41;
/** Deepest a service asks another. */
const MOST_DEEP = 12;

interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly status: number;
  /** Units: ms. */
  readonly start: number;
  readonly took: number;
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** One line of OTLP/JSON, as the collector's file exporter writes it. */
function lineOf(trace: string, span: Span): string {
  const spans = [
    {
      traceId: trace,
      spanId: span.id,
      ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
      name: `${span.method} ${span.route}`,
      kind: 2,
      startTimeUnixNano: `${String(span.start)}000000`,
      endTimeUnixNano: `${String(span.start + span.took)}000000`,
      attributes: [
        text('http.request.method', span.method),
        text('url.scheme', 'https'),
        text('url.path', span.path),
        text('http.route', span.route),
        { key: 'http.response.status_code', value: { intValue: String(span.status) } },
        text('server.address', HOST),
        text('user_agent.original', 'agent-runner/3.1'),
      ],
      status: {},
    },
  ];
  const resource = { attributes: [text('service.name', 'tools')] };
  return `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'http' }, spans }] }] })}\n`;
}

/** What follows one cause: a call, or a run of alike ones; now and then a service that asks the next one. */
function* runOf(random: Random, parent: string, start: number): Generator<Span> {
  const count = random.chance(0.3) ? random.int(LEAST_RUN, MOST_RUN) : 1;
  const tool = random.int(0, 79);
  const isPoll = random.chance(0.3);
  const thing = random.base32(8);
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const took = random.int(5, 400);
    const path = `/v1/tool-${String(tool)}/${isPoll ? thing : random.base32(8)}`;
    const status = random.chance(0.03) ? 503 : 200;
    yield { id: random.hex(16), parent, method: 'GET', route: `/v1/tool-${String(tool)}/{id}`, path, status, start: at, took };
    at += isPoll ? 2000 : took;
  }
}

/** Calls of one trace: the most that the screen of a chain asks for. */
const TRACE = 5000;

/** One trace: the long run of an agent, with fans, loops, polls and services that ask each other. */
function* spansOf(random: Random, start: number): Generator<Span> {
  const root: Span = {
    id: random.hex(16),
    parent: undefined,
    method: 'POST',
    route: '/v1/runs',
    path: '/v1/runs',
    status: 200,
    start,
    took: TRACE * 300,
  };
  yield root;
  let at = start;
  let above: readonly string[] = [root.id];
  for (;;) {
    let last = root;
    for (const span of runOf(random, above.at(-1) ?? root.id, at)) {
      yield span;
      last = span;
    }
    at = last.start + last.took + random.int(1, 200);
    // Half of what is done leads to more; else the run goes on from one of the steps above.
    const deeper = above.length < MOST_DEEP && random.chance(0.5);
    above = deeper ? [...above, last.id] : above.slice(0, random.int(1, above.length));
  }
}

/** Writes `count` spans as traces of 5,000 each, a day apart. */
export function writeTraceLines(path: string, count: number, seed = 'trace'): Written {
  const random = seededRandom(seed);
  const file = openLineFile(path);
  for (let records = 0; records < count; records += TRACE) {
    const trace = random.hex(32);
    const spans = spansOf(random.fork(trace), LARGE_START + (records / TRACE) * 86_400_000);
    for (const span of spans.take(Math.min(TRACE, count - records))) file.write(lineOf(trace, span));
  }
  return { bytes: file.close(), records: count };
}
