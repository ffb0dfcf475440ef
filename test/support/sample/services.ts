import type { Random } from '../large/random.ts';
import { DAY_MS, everyStep, FIRST_DAY, HOUR_MS, MINUTE_MS } from './calendar.ts';
import type { Caller, Gateway } from './gateway.ts';
import { DEFAULT_LIFETIME, makeConsumer, tokenSource, type Grant } from './identity.ts';
import { logOutbound } from './mesh.ts';
import { getOperation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { HOSTS, type Order, type World } from './world.ts';

export interface ServicesContext {
  readonly random: Random;
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
  readonly orders: readonly Order[];
}

/** Tags that the truth looks for. */
export const NIGHTLY_TAG = 'nightly-export';
export const KEY_IN_URL_TAG = 'key-in-url';
export const KEY_AS_CREDENTIAL_TAG = 'key-as-credential';

const EXPORT_POD = '10.20.6.90';

function tokenCaller(random: Random, name: string, ip: string, userAgent: string, scopes: readonly string[]): (at: number) => Caller {
  const consumer = makeConsumer(random, name);
  const grant: Grant = { subject: name, client: name, scopes, lifetime: DEFAULT_LIFETIME };
  const tokens = tokenSource(random.fork(`token/${name}`), grant);
  return (at) => ({
    ip,
    consumer,
    headers: { 'user-agent': userAgent, accept: 'application/json', authorization: `Bearer ${tokens(at)}` },
  });
}

/** The job that carries new orders into the warehouse, every quarter of an hour, with an API key. */
function addOrderSync({ random, gateway, world }: ServicesContext): void {
  const consumer = makeConsumer(random, 'order-sync');
  const headers = {
    'user-agent': 'acme-order-sync/3.4 (Go-http-client/1.1)',
    accept: 'application/json',
    'x-api-key': `aok_live_${random.base32(32)}`,
  };
  const caller: Caller = { ip: '10.20.6.31', consumer, headers };
  for (const at of everyStep(FIRST_DAY + 4 * MINUTE_MS, 15 * MINUTE_MS)) {
    gateway.send({
      at: at + random.int(0, 900),
      caller,
      operation: getOperation('listOrders'),
      query: { updated_since: new Date(at - 15 * MINUTE_MS).toISOString().slice(0, 16) },
    });
    if (random.chance(0.25))
      gateway.send({
        at: at + 1500,
        caller,
        operation: getOperation('updateStock'),
        values: [random.pick(world.products).sku],
        requestBytes: 90,
      });
  }
}

/** Reads the list of events to its end, every ten minutes. */
function addEventConsumer({ random, gateway }: ServicesContext): void {
  const consumer = makeConsumer(random, 'event-consumer');
  const headers = {
    'user-agent': 'acme-event-consumer/1.9 okhttp/4.12',
    accept: 'application/json',
    'x-api-key': `aok_live_${random.base32(32)}`,
  };
  const caller: Caller = { ip: '10.20.6.44', consumer, headers };
  let cursor = 884_100;
  for (const at of everyStep(FIRST_DAY + MINUTE_MS, 10 * MINUTE_MS)) {
    gateway.send({ at: at + random.int(0, 400), caller, operation: getOperation('listEvents'), query: { after: String(cursor) } });
    cursor += random.int(2, 60);
  }
}

/** Looks up stored cards when a subscription is due: why reading cards is nothing unusual by itself. */
function addBilling({ random, gateway, world }: ServicesContext): void {
  const caller = tokenCaller(random, 'billing', '10.20.6.52', 'acme-billing/2.2 okhttp/4.12', ['payment-methods:read', 'orders:write']);
  for (const at of everyStep(FIRST_DAY + 3 * HOUR_MS, 2 * HOUR_MS)) {
    const customer = random.pick(world.active);
    gateway.send({
      at: at + random.int(0, 60_000),
      caller: caller(at),
      operation: getOperation('listPaymentMethods'),
      values: [customer.id],
    });
    gateway.send({ at: at + 61_000, caller: caller(at), operation: getOperation('createOrder'), status: 201, requestBytes: 310 });
  }
}

/** Each night the carrier is sent the addresses of what has to be delivered: sensitive, outward, and agreed. */
function addNightlyExport({ random, gateway, recorder, orders, world }: ServicesContext): void {
  const userAgent = 'acme-nightly-export/2.3 okhttp/4.12';
  const caller = tokenCaller(random, 'nightly-export', EXPORT_POD, userAgent, ['orders:export', 'orders:read', 'customers:read']);
  for (let night = FIRST_DAY + 2 * HOUR_MS + 10 * MINUTE_MS; night < FIRST_DAY + 6 * DAY_MS + 3 * HOUR_MS; night += DAY_MS) {
    const trace = (): { readonly traceId: string; readonly spanId: string } => ({ traceId, spanId: random.hex(16) });
    const traceId = random.hex(32);
    const day = new Date(night - DAY_MS).toISOString().slice(0, 10);
    let at = night + random.int(0, 4000);
    gateway.send({ at, caller: caller(at), operation: getOperation('exportOrders'), query: { day }, trace: trace(), tag: NIGHTLY_TAG });
    const due = [
      ...orders.filter((order) => order.createdAt < night && order.createdAt >= night - DAY_MS),
      ...world.orders.slice(0, 6),
    ].slice(0, 18);
    for (const order of due) {
      at += random.int(300, 700);
      gateway.send({
        at,
        caller: caller(at),
        operation: getOperation('getCustomer'),
        values: [order.customer.id],
        trace: trace(),
        tag: NIGHTLY_TAG,
      });
    }
    for (let part = 1; part <= 3; part += 1) {
      at += random.int(1200, 2500);
      logOutbound(recorder, random, {
        at,
        durationMs: random.int(380, 900),
        method: 'POST',
        authority: HOSTS.carrier,
        path: `/v2/manifests?day=${day}&part=${String(part)}`,
        status: 202,
        requestBytes: Math.round(random.around(61_000, 0.1)),
        responseBytes: 118,
        sourcePod: EXPORT_POD,
        upstream: '198.51.100.40:443',
        cluster: `outbound|443||${HOSTS.carrier}`,
        userAgent,
        requestId: random.uuid(),
        trace: trace(),
        tag: NIGHTLY_TAG,
      });
    }
  }
}

/** The carrier asks where parcels are; until Thursday noon with its key in the URL, since then in the header. */
function addCarrier({ random, gateway, world }: ServicesContext): void {
  const consumer = makeConsumer(random, 'parcelwise');
  const key = `aok_live_${random.base32(32)}`;
  const moved = FIRST_DAY + 3 * DAY_MS + 12 * HOUR_MS;
  for (const at of everyStep(FIRST_DAY + 5 * HOUR_MS, 50 * MINUTE_MS)) {
    const inUrl = at < moved;
    const headers = {
      'user-agent': inUrl ? 'parcelwise-track/0.9 python-requests/2.32.3' : 'parcelwise-track/1.0 python-requests/2.32.3',
      accept: 'application/json',
      ...(inUrl ? {} : { 'x-api-key': key }),
    };
    gateway.send({
      at: at + random.int(0, 30_000),
      caller: { ip: '198.51.100.41', consumer, headers },
      operation: getOperation('getTracking'),
      values: [random.pick(world.orders).shipmentId],
      query: inUrl ? { api_key: key } : undefined,
      tag: inUrl ? KEY_IN_URL_TAG : KEY_AS_CREDENTIAL_TAG,
    });
  }
}

/** Jobs and partners: regular, without a person behind them. */
export function addServices(context: ServicesContext): void {
  const jobs = { addOrderSync, addEventConsumer, addBilling, addNightlyExport, addCarrier };
  for (const [name, add] of Object.entries(jobs)) add({ ...context, random: context.random.fork(name) });
}
