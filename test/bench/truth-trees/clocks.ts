import { seededRandom } from '#test/support/large/random.ts';
import { harFromCalls, type HarCall } from '#test/support/har-from-calls.ts';

import { playTrees, type TreeCall } from './play.ts';
import type { App } from './shapes.ts';
import { addressOf, START, toSpans } from './spans.ts';

/** What a clock shows at a true time. Units: µs. */
export type Clock = (time: number) => number;

/** How the clocks of one estate stand: of the client's capture, and of each service. The gateway's is right. */
export interface Clocks {
  readonly name: string;
  readonly capture: Clock;
  readonly service: (service: string) => Clock;
}

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const ahead =
  (seconds: number): Clock =>
  (time) =>
    time + seconds * SECOND;
const drifting =
  (seconds: number, perHour: number): Clock =>
  (time) =>
    time + (seconds + (perHour * time) / HOUR) * SECOND;
/** Hosts that stand together, as nodes set by two different masters do. */
const OTHER_MASTER: ReadonlySet<string> = new Set(['billing', 'ledger']);

/** The ways in which clocks differ that dumps of real estates show. Source: TraceWeaver's (SIGCOMM 2024) for seconds and two populations. */
export const CLOCKS: readonly Clocks[] = [
  { name: 'one clock', capture: ahead(0), service: () => ahead(0) },
  { name: 'hundreds of ms', capture: ahead(-0.42), service: () => ahead(0.35) },
  { name: '15 s', capture: ahead(14.6), service: () => ahead(-15.2) },
  { name: 'two populations', capture: ahead(0.3), service: (service) => ahead(OTHER_MASTER.has(service) ? 14.5 : -15.6) },
  { name: 'drift', capture: drifting(3, -0.2), service: () => drifting(-0.5, 0.5) },
  {
    name: 'drift apart',
    capture: drifting(-2, 0.1),
    service: (service) => (OTHER_MASTER.has(service) ? drifting(4.5, 0.4) : drifting(-1.6, -0.3)),
  },
];

/** A small estate behind a gateway: two fronts, each with what stands behind it. Slow, so that only clocks are hard about it. */
const ESTATE: App = {
  name: 'estate',
  rate: 0.12,
  asked: { 'orders/list': 4, 'orders/show': 3, 'orders/create': 1, 'billing/list': 2, 'billing/show': 1, 'billing/remind': 1 },
  operations: {
    'orders/list': { work: 6, stages: [[{ to: 'stock/levels', odds: 1, times: 1 }]] },
    'orders/show': { work: 4, stages: [[{ to: 'stock/item', odds: 1, times: 1 }]] },
    'orders/create': { work: 9, stages: [[{ to: 'stock/hold', odds: 1, times: 2 }]] },
    'stock/levels': { work: 5, stages: [] },
    'stock/item': { work: 2, stages: [] },
    'stock/hold': { work: 4, stages: [] },
    'billing/list': { work: 5, stages: [[{ to: 'ledger/entries', odds: 1, times: 1 }]] },
    'billing/show': { work: 4, stages: [[{ to: 'ledger/entry', odds: 1, times: 1 }]] },
    'billing/remind': { work: 3, stages: [[{ to: 'ledger/entry', odds: 1, times: 1 }]] },
    'ledger/entries': { work: 7, stages: [] },
    'ledger/entry': { work: 3, stages: [] },
  },
};

const GATEWAY = '10.4.0.1';
const HOST = 'api.estate.test';
/** One client records what it does: this share of all that is asked. */
const RECORDED = 0.25;
/** What a request spends in the gateway and on the way to it, one way each. Units: µs. */
const IN_GATEWAY = 700;
const ON_THE_WAY = 9_000;
/** `harFromCalls` counts from here, and its calls take so long. Units: µs. */
const HAR_START = Date.UTC(2026, 9, 3, 22, 14) * 1000;

/** Evidence on differing clocks, and what is true of it. Shape: references of records, `name#number`. */
export interface ClockScene {
  readonly files: Readonly<Record<string, string>>;
  /** Calls that were made for one another, as `cause effect`. */
  readonly edges: ReadonlySet<string>;
  /** Records of one request, as `gateway capture`. */
  readonly same: ReadonlySet<string>;
}

function gatewayLine({ operation, service, start, end }: TreeCall, services: readonly string[], client: string): string {
  const ms = (time: number): number => Math.round(time / 1000);
  const [from, total] = [start - IN_GATEWAY, end - start + 2 * IN_GATEWAY];
  return JSON.stringify({
    request: { method: 'GET', uri: `/${operation}`, url: `https://${HOST}:443/${operation}`, size: 300, querystring: {}, headers: { host: HOST, 'user-agent': 'estate/1' } },
    response: { status: 200, size: 900, headers: { 'content-type': 'application/json' } },
    upstream_uri: `/${operation}`, upstream_status: '200',
    service: { name: service, host: `${service}.internal`, port: 8080, protocol: 'http' },
    tries: [{ ip: addressOf(services, service), port: 8080, balancer_start: ms(START + from), balancer_latency: 0 }],
    client_ip: client, started_at: ms(START + from), latencies: { request: ms(total), kong: 1, proxy: ms(total) - 1 },
  }); // prettier-ignore
}

/** Plays the estate on such clocks: a gateway's log, the spans of services and the capture of one client, which share no id. */
export function playClocks(clocks: Clocks, requests: number, seed: string): ClockScene {
  const random = seededRandom(`clocks ${seed}`);
  const calls = playTrees(ESTATE, requests, 1, seed).map((call) => (call.from === '' ? { ...call, from: 'gateway' } : call));
  const services = [...new Set(calls.map(({ service }) => service))];
  const [edges, same] = [new Set<string>(), new Set<string>()];
  const lines: string[] = [];
  const captured: HarCall[] = [];
  for (const [place, call] of calls.entries()) {
    const ref = `spans.jsonl#${String(place + 1)}`;
    if (call.parent >= 0) {
      edges.add(`spans.jsonl#${String(call.parent + 1)} ${ref}`);
      continue;
    }
    const isRecorded = random.chance(RECORDED);
    lines.push(gatewayLine(call, services, isRecorded ? '198.51.100.7' : `203.0.113.${String(random.int(1, 200))}`));
    edges.add(`gateway.jsonl#${String(lines.length)} ${ref}`);
    if (!isRecorded) continue;
    const at = clocks.capture(call.start - IN_GATEWAY - ON_THE_WAY) + START - HAR_START;
    captured.push({
      at: at / SECOND,
      url: `https://${HOST}/${call.operation}`,
      headers: ['User-Agent: estate/1'],
      time: (call.end - call.start + 2 * (IN_GATEWAY + ON_THE_WAY)) / 1000,
    });
    same.add(`gateway.jsonl#${String(lines.length)} client.har#${String(captured.length)}`);
  }
  const spans = toSpans(calls, clocks.service, GATEWAY);
  return { files: { 'gateway.jsonl': lines.join('\n'), 'spans.jsonl': spans, 'client.har': harFromCalls(captured) }, edges, same };
}
