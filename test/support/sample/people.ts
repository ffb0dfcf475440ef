import type { Random } from '../large/random.ts';
import { HOUR_MS, hoursOfSample, shareOfDay, type Zone } from './calendar.ts';
import type { Caller, Gateway } from './gateway.ts';
import { DEFAULT_LIFETIME, issueToken, makeConsumer, tokenSource } from './identity.ts';
import { getOperation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { logPage } from './web-server.ts';
import { BROWSERS, HOSTS, makeOrder, type Customer, type Order, type World } from './world.ts';

export interface PeopleContext {
  readonly random: Random;
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
  readonly scale: number;
}

/** Visits of the shop on a usual day, in each time zone. */
const VISITS_A_DAY: Readonly<Record<Zone, number>> = { 'Europe/Berlin': 50, 'America/New_York': 28 };
const SHOPPER_SCOPES = ['carts:write', 'customers:read', 'orders:read', 'orders:write'];
const ASSETS: readonly (readonly [path: string, bytes: number])[] = [
  ['/static/app.7c1d9e.js', 214_302],
  ['/static/app.7c1d9e.css', 38_117],
  ['/static/logo.svg', 2904],
  ['/static/inter.woff2', 101_420],
];

const COLLECTIONS = ['autumn', 'hiking', 'camping', 'kids', 'sale', 'winter'];

interface Visit {
  readonly customer: Customer;
  readonly caller: Caller;
  /** True when the browser has the page's files already. */
  knownBrowser: boolean;
  at: number;
}

function step(visit: Visit, random: Random, seconds: number): number {
  visit.at += Math.round(random.around(seconds, 0.5) * 1000);
  return visit.at;
}

function viewPage(context: PeopleContext, visit: Visit, path: string, bytes: number, referer: string): void {
  const { recorder, random } = context;
  const base = { ip: visit.customer.ip, userAgent: visit.customer.userAgent };
  logPage(recorder, { ...base, at: visit.at, path, bytes: Math.round(random.around(bytes, 0.1)), referer });
  if (path !== '/' && !path.startsWith('/products/')) return;
  for (const [asset, size] of ASSETS) {
    // A browser that was here before has the files and asks only whether they changed, now and then.
    if (visit.knownBrowser && random.chance(0.8)) continue;
    logPage(recorder, {
      ...base,
      at: visit.at + random.int(40, 900),
      path: asset,
      bytes: visit.knownBrowser ? 0 : size,
      status: visit.knownBrowser ? 304 : 200,
      referer: `https://${HOSTS.storefront}${path}`,
    });
  }
  visit.knownBrowser = true;
}

function shop(context: PeopleContext, visit: Visit): Order | undefined {
  const { gateway, random, world } = context;
  const send = (
    id: string,
    values: readonly string[],
    more: { readonly query?: Readonly<Record<string, string>>; readonly status?: number; readonly requestBytes?: number } = {},
  ): void => {
    gateway.send({ at: visit.at, caller: visit.caller, operation: getOperation(id), values, ...more });
  };
  viewPage(context, visit, '/', 18_400, random.chance(0.4) ? 'https://search.example/' : '-');
  for (let views = random.int(0, 3); views > 0; views -= 1) {
    step(visit, random, 11);
    viewPage(context, visit, `/collections/${random.pick(COLLECTIONS)}`, 21_700, `https://${HOSTS.storefront}/`);
  }
  visit.at += 350;
  send('listProducts', [], { query: { season: 'autumn', page: String(random.int(1, 3)) } });
  for (let views = random.int(1, 3); views > 0; views -= 1) {
    const product = random.pick(world.products);
    step(visit, random, 14);
    viewPage(context, visit, `/products/${product.slug}`, 24_100, `https://${HOSTS.storefront}/`);
    for (const size of [480, 960]) {
      logPage(context.recorder, {
        ip: visit.customer.ip,
        userAgent: visit.customer.userAgent,
        at: visit.at + random.int(60, 800),
        path: `/media/${product.sku}-${String(size)}.webp`,
        bytes: size * 71,
        referer: `https://${HOSTS.storefront}/products/${product.slug}`,
      });
    }
    visit.at += 300;
    send('getProduct', [product.sku], random.chance(0.01) ? { status: 404 } : {});
  }
  if (!random.chance(0.42)) return undefined;
  const cart = `crt_${random.base32(12)}`;
  step(visit, random, 9);
  send('createCart', [], { status: 201, requestBytes: 60 });
  send('addCartItem', [cart], { requestBytes: 74 });
  if (!random.chance(0.55)) return undefined;
  step(visit, random, 40);
  viewPage(context, visit, '/checkout', 15_300, `https://${HOSTS.storefront}/`);
  send('getCustomer', [visit.customer.id]);
  step(visit, random, 35);
  send('createOrder', [], { status: random.chance(0.03) ? 402 : 201, requestBytes: 420 });
  return makeOrder(random, world, visit.customer, visit.at);
}

/** Shoppers of two time zones, from the first page to the order. Gives the orders they made. */
export function addShoppers(context: PeopleContext): readonly Order[] {
  const { random, world, gateway, scale } = context;
  const consumer = makeConsumer(random, 'storefront-web');
  const orders: Order[] = [];
  for (const hour of hoursOfSample()) {
    for (const zone of ['Europe/Berlin', 'America/New_York'] as const) {
      const people = world.active.filter((customer) => customer.zone === zone);
      for (let count = random.poisson(VISITS_A_DAY[zone] * scale * shareOfDay('shopper', zone, hour)); count > 0; count -= 1) {
        const customer = random.pick(people);
        const at = hour + random.int(0, HOUR_MS - 1);
        const grant = { subject: customer.subject, client: 'storefront-web', scopes: SHOPPER_SCOPES, lifetime: DEFAULT_LIFETIME };
        const headers = {
          'user-agent': customer.userAgent,
          accept: 'application/json',
          'accept-language': zone === 'Europe/Berlin' ? 'de-DE,de;q=0.9' : 'en-US,en;q=0.9',
          referer: `https://${HOSTS.storefront}/`,
          authorization: `Bearer ${issueToken(random, grant, at - 1000)}`,
        };
        const visit: Visit = { customer, caller: { ip: customer.ip, consumer, headers }, knownBrowser: random.chance(0.5), at };
        const order = shop(context, visit);
        if (order === undefined) continue;
        orders.push(order);
        step(visit, random, 8);
        gateway.send({ at: visit.at, caller: visit.caller, operation: getOperation('getOrder'), values: [order.id] });
      }
    }
  }
  return orders;
}

const STAFF = ['anna.keller', 'bjarne.holm', 'carla.ricci', 'david.oduya', 'eva.lindgren'];
const STAFF_SCOPES = ['tickets:read', 'tickets:write', 'orders:read', 'customers:read', 'customers:write', 'reports:read'];

/** The people of the back office, at office hours. */
export function addStaff(context: PeopleContext, reprice: (at: number, caller: Caller) => void): void {
  const { random, world, gateway } = context;
  const consumer = makeConsumer(random, 'backoffice-web');
  for (const [index, name] of STAFF.entries()) {
    const own = random.fork(`staff/${name}`);
    const tokens = tokenSource(own, { subject: name, client: 'backoffice-web', scopes: STAFF_SCOPES, lifetime: DEFAULT_LIFETIME });
    for (const hour of hoursOfSample()) {
      for (let count = own.poisson(7 * shareOfDay('office', 'Europe/Berlin', hour)); count > 0; count -= 1) {
        let at = hour + own.int(0, HOUR_MS - 1);
        const headers = {
          'user-agent': BROWSERS[index % BROWSERS.length] ?? '',
          accept: 'application/json',
          'accept-language': 'de-DE,de;q=0.9',
          referer: 'https://office.acme-outfitters.test/',
          authorization: `Bearer ${tokens(at)}`,
        };
        const caller: Caller = { ip: `10.8.0.${String(20 + index)}`, consumer, headers };
        const order = own.pick(world.orders);
        const look = (id: string, values: readonly string[], query?: Readonly<Record<string, string>>): void => {
          gateway.send({ at, caller, operation: getOperation(id), values, query });
          at += Math.round(own.around(9000, 0.6));
        };
        look('listTickets', [], { status: 'open' });
        if (own.chance(0.7)) look('listCustomers', [], { email: order.customer.email.slice(0, 4) });
        if (own.chance(0.6)) look('getCustomer', [order.customer.id]);
        if (own.chance(0.6)) look('getOrder', [order.id]);
        if (own.chance(0.12)) look('updateCustomer', [order.customer.id]);
        if (own.chance(0.15)) look('getSalesReport', [], { period: 'week' });
        if (own.chance(0.15)) look('replyToTicket', [`tic_${own.base32(12)}`]);
        if (index < 2 && own.chance(0.15)) reprice(at, caller);
      }
    }
  }
}
