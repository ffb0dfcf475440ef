import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import type { Imported } from '#shared/engine/importers/importer.ts';
import { recognize, readChosen } from '#shared/engine/importers/recognize.ts';
import { callsOf, issuesOf, readContext, sourceOf, toBytes } from '#test/support/read-evidence.ts';
import { sessionCookie } from '#test/support/scenarios/core/party.ts';
import type { Exchange } from '#test/support/scenarios/core/exchange.ts';
import type { Writer } from '#test/support/scenarios/core/source.ts';
import { collectExchanges, playInto, type Played } from '#test/support/scenarios/play-into.ts';
import { shop } from '#test/support/scenarios/worlds/shop/index.ts';
import { partiesOf, RECORDED } from '#test/support/scenarios/worlds/shop/parties.ts';
import { alb } from '#test/support/scenarios/writers/alb.ts';
import { apiGateway } from '#test/support/scenarios/writers/api-gateway.ts';
import { browserHar } from '#test/support/scenarios/writers/browser-har.ts';
import { envoy } from '#test/support/scenarios/writers/envoy.ts';
import { agentHar } from '#test/support/scenarios/writers/har.ts';
import { kong } from '#test/support/scenarios/writers/kong.ts';
import { nginxCombined, nginxJson } from '#test/support/scenarios/writers/nginx.ts';
import { otlp } from '#test/support/scenarios/writers/otlp.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-writers-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a writer promises to show. Units: ms. */
interface Promised {
  readonly name: string;
  readonly writer: Writer;
  readonly hop: Exchange['hop'];
  /** The moment that its time names. */
  readonly stamp: 'start' | 'end';
  /** How far time and duration may be from what happened. */
  readonly within: number;
  readonly hasDuration: boolean;
  readonly address: (exchange: Exchange) => string | undefined;
}

const sender = ({ from }: Exchange): string => from;
const tab = { pageHost: 'www.acme-outfitters.test', openedAt: Date.UTC(2026, 8, 14), edge: '192.0.2.10' };
const place = { domain: 'mesh.acme-outfitters.test' };
const balancer = { name: 'shop-edge', region: 'eu-central-1', account: '123456789012' };
const usual = { hop: 'client', hasDuration: true, address: sender } as const;

const PROMISED: readonly Promised[] = [
  { ...usual, name: 'kong', writer: kong, stamp: 'start', within: 1 },
  { ...usual, name: 'NGINX combined', writer: nginxCombined(120), stamp: 'end', within: 1000, hasDuration: false },
  { ...usual, name: 'NGINX combined west of UTC', writer: nginxCombined(-210), stamp: 'end', within: 1000, hasDuration: false },
  { ...usual, name: 'NGINX JSON', writer: nginxJson(120), stamp: 'end', within: 1000 },
  { ...usual, name: 'Envoy edge', writer: envoy({ ...place, side: () => 'edge' }), stamp: 'start', within: 1 },
  { ...usual, name: 'Envoy sidecar', writer: envoy({ ...place, side: () => 'inbound' }), hop: 'inner', stamp: 'start', within: 1 },
  { ...usual, name: 'Envoy going out', writer: envoy({ ...place, side: () => 'outbound' }), hop: 'inner', stamp: 'start', within: 1 },
  { ...usual, name: 'API Gateway', writer: apiGateway({ apiId: 'a1b2c3d4e5', stage: 'prod' }), stamp: 'start', within: 1 },
  { ...usual, name: 'ALB', writer: alb(balancer), stamp: 'end', within: 1 },
  // The caller that the edge saw, not the edge.
  { ...usual, name: 'OTLP', writer: otlp, hop: 'inner', stamp: 'start', within: 0.01, address: ({ party }) => party.ip },
  { ...usual, name: 'HAR of mitmproxy', writer: agentHar, stamp: 'start', within: 13, address: () => undefined },
  { ...usual, name: 'HAR of Chrome', writer: browserHar(tab), stamp: 'start', within: 42, address: () => undefined },
];

/** Humans, a program with a key, an agent, a stranger: with traces and without, pages, queries, refusals and unknown paths. */
const exchanges = collectExchanges(shop, (open, stage) => {
  const { customer, orderSync, support, operations } = partiesOf(stage);
  for (const party of [0, 1, 2, 3, 4].map(customer)) {
    const session = open(party);
    session.call('home', { bare: true });
    session.call('searchProducts', { query: { q: 'boots 42', page: '1' } });
    session.call('createOrder');
    session.call('getCustomer', { status: 403 });
    session.call('getOrder', { status: 503 });
  }
  const long = { ...customer(1), ip: '2001:db8:a116:3f::1c', userAgent: 'He said "hello" \\ é' };
  open(long).call('getMe');
  open({ ...customer(6), credentialAt: sessionCookie(stage.random('cookie'), 'usr_6', 'storefront-web') }).call('listOrders');
  open(orderSync).call('updateStock', { status: 200 });
  open(support).call('createRefund');
  open(operations).call('getSalesReport');
  open(customer(RECORDED)).call('addCartItem');
  open({ ...customer(8), credentialAt: () => undefined }).probe('shop', 'GET', '/.env', 404);
});

async function importPlayed({ text }: Played): Promise<{ readonly format: string | undefined; readonly items: readonly Imported[] }> {
  const bytes = toBytes(text);
  const choice = recognize(bytes.subarray(0, 64 * 1024), 'evidence');
  expect(choice.recognizedBy).toBe('content');
  const { importer, layers, settings } = choice;
  if (importer === undefined) throw new Error(choice.why);
  const items: Imported[] = [];
  for await (const batch of readChosen({ importer, layers }, sourceOf(bytes), readContext({ settings }))) items.push(...batch);
  return { format: importer.id, items };
}

const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
function exchangeAt(played: Played, record: number): Exchange {
  const call = played.records[record - 1]?.call;
  const found = call === undefined ? undefined : byId.get(call);
  if (found === undefined) throw new RangeError(`no request of record ${String(record)}`);
  return found;
}

describe.each(PROMISED)('$name', ({ writer, hop, stamp, within, hasDuration, address }) => {
  const seen = exchanges.filter((exchange) => exchange.hop === hop);

  test('is known by its content, and every record is a call', async () => {
    const played = playInto(folder, seen, writer);
    const { format, items } = await importPlayed(played);
    expect(seen.length).toBeGreaterThan(15);
    expect(format).toBe(writer.format);
    expect(issuesOf(items)).toEqual([]);
    expect(callsOf(items).map(({ record }) => record)).toEqual(seen.map((_, index) => index + 1));
  });

  test('shows the requests as they were', async () => {
    const played = playInto(folder, seen, writer);
    const calls = callsOf((await importPlayed(played)).items);
    expect(calls).toHaveLength(seen.length);
    for (const { record, call } of calls) {
      const exchange = exchangeAt(played, record);
      const { method, path, query, status, at, durationMs } = exchange;
      expect({ method: call.method, path: call.path, status: call.status }, exchange.id).toEqual({ method, path, status });
      if (writer.format !== 'aws-apigw-json') expect(call.query ?? '', exchange.id).toBe(query);
      const moment = stamp === 'start' ? at : at + durationMs;
      expect(Math.abs((call.time ?? 0) / 1000 - moment), exchange.id).toBeLessThanOrEqual(within);
      expect(call.zoneKnown).toBe(true);
      if (hasDuration) expect(Math.abs((call.durationMs ?? -1) - durationMs), exchange.id).toBeLessThanOrEqual(within);
      expect(call.clientIp, exchange.id).toBe(address(exchange));
    }
  });

  test('counts doubled, late and broken records as its reader does', async () => {
    const broken = writer.isDocument === true ? 0 : 0.2;
    const played = playInto(folder, seen, writer, { lost: 0.1, twice: 0.2, late: 0.1, broken, withoutIds: 0.3 });
    const { items } = await importPlayed(played);
    const calls = new Map(callsOf(items).map(({ record, call }) => [record, call]));
    expect(calls.size + issuesOf(items).filter(({ severity }) => severity !== 'warning').length).toBe(played.records.length);
    for (const [index, { as, ref }] of played.records.entries()) {
      if (as === 'broken') continue;
      expect(ref).toBe(`${played.path}#${String(index + 1)}`);
      expect(calls.get(index + 1), ref).toMatchObject({ path: exchangeAt(played, index + 1).path });
    }
  });
});

test("spans of an uninstrumented caller have traces of their own, those of others go on with the caller's", async () => {
  const seen = exchanges.filter(({ hop }) => hop === 'inner');
  const played = playInto(folder, seen, otlp);
  const calls = callsOf((await importPlayed(played)).items);
  const own = calls.filter(({ record }) => exchangeAt(played, record).trace === undefined);
  expect(new Set(own.map(({ call }) => call.traceId)).size).toBe(own.length);
  for (const { record, call } of calls) {
    const { trace } = exchangeAt(played, record);
    if (trace === undefined) expect(call.parentSpanId).toBeUndefined();
    else expect(call).toMatchObject(trace);
  }
});

test('the truth says which ids stand in a record, whatever its writer was told', () => {
  const traced = exchanges.filter(({ hop, trace }) => hop === 'client' && trace !== undefined);
  const idsOf = (writer: Writer, mess = {}): readonly string[] => [
    ...new Set(playInto(folder, traced, writer, mess).records.map(({ ids }) => ids.join(' '))),
  ];
  expect(idsOf(kong)).toEqual(['request trace']);
  expect(idsOf(kong, { withoutIds: 1 })).toEqual(['']);
  expect(idsOf(nginxJson(0))).toEqual(['request trace']);
  expect(idsOf(otlp)).toEqual(['trace']);
  expect(idsOf(apiGateway({ apiId: 'a1', stage: 'live' }), { withoutIds: 1 })).toEqual(['request']);
  const untraced = exchanges.filter(({ hop, trace }) => hop === 'inner' && trace === undefined);
  expect(playInto(folder, untraced, otlp).records.flatMap(({ ids }) => ids)).toEqual([]);
});

test('the ids of a request are shown only where its record has them', () => {
  const traced = exchanges.filter(({ hop, trace }) => hop === 'client' && trace !== undefined);
  expect(traced).not.toEqual([]);
  for (const writer of [kong, nginxJson(0), envoy({ ...place, side: () => 'edge' }), agentHar, browserHar(tab)]) {
    const shown = playInto(folder, traced, writer).text;
    const hidden = playInto(folder, traced, writer, { withoutIds: 1 }).text;
    for (const { trace } of traced) {
      expect(shown).toContain(`00-${trace?.traceId ?? ''}-${trace?.spanId ?? ''}-01`);
      expect(hidden).not.toContain(trace?.traceId);
    }
  }
});
