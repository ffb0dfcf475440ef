import { crowd, job } from '../../actors/people.ts';
import { crawler, healthChecks, scanners, tinkerers } from '../../actors/noise.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/calendar.ts';
import type { Stage } from '../../core/stage.ts';
import type { Actor } from '../../core/world.ts';
import { administration, officeWork, shopping, solveTicket, watchService } from './journeys.ts';
import { partiesOf, RECORDED } from './parties.ts';

/** Where the carrier takes its manifests. */
export const CARRIER = { host: 'intake.parcelwise.example', path: '/v2/manifests', address: '198.51.100.40' } as const;

/** Programs that run by the clock. */
function jobs(stage: Stage): readonly Actor[] {
  const { orderSync, eventConsumer, billing, nightly, accounting, carrier, marketplace, merchandising, delegate, retired } =
    partiesOf(stage);
  const { store } = stage;
  return [
    job({
      id: 'order-sync',
      party: orderSync,
      every: 15 * MINUTE_MS,
      phase: 4 * MINUTE_MS,
      run: (session, scale) => {
        session.call('listOrders', { query: { updated_since: new Date(session.at - 15 * MINUTE_MS).toISOString().slice(0, 16) } });
        for (let writes = session.random.int(0, Math.ceil(3 * scale)); writes > 0; writes -= 1)
          session.call('updateStock', { status: 200 });
      },
    }),
    job({
      id: 'event-consumer',
      party: eventConsumer,
      every: 10 * MINUTE_MS,
      phase: MINUTE_MS,
      run: (session) => {
        session.call('listEvents', { query: { after: String(884_100 + Math.floor((session.at - stage.span.start) / 20_000)) } });
      },
    }),
    job({
      id: 'billing',
      party: billing,
      every: 2 * HOUR_MS,
      phase: 30 * MINUTE_MS,
      jitter: 60_000,
      run: (session, scale) => {
        for (let due = session.random.int(1, Math.ceil(3 * scale)); due > 0; due -= 1) {
          session.call('listPaymentMethods', { params: [store.any('customer', session.random)] });
          session.think(1500);
          session.call('createOrder');
        }
        // Suppliers come and go.
        if (session.random.chance(0.2)) session.call('createPayee');
        if (session.random.chance(0.5)) session.call('createPayout');
      },
    }),
    // Each night the carrier is sent the addresses of what has to be delivered: sensitive, outward, and agreed.
    job({
      id: 'nightly-export',
      party: nightly,
      every: DAY_MS,
      phase: 2 * HOUR_MS + 10 * MINUTE_MS,
      jitter: 4000,
      run: (session) => {
        const day = new Date(session.at - DAY_MS).toISOString().slice(0, 10);
        session.call('exportOrders', { query: { day }, responseBytes: 181_000 });
        for (let due = session.random.int(8, 18); due > 0; due -= 1) {
          session.think(450);
          session.call('getCustomer', { params: [store.any('customer', session.random)] });
        }
        for (let part = 1; part <= 3; part += 1) {
          session.think(1500);
          session.web(CARRIER, 'POST', { day, part }, { accepted: true }, { query: { day, part: String(part) }, status: 202 });
        }
      },
    }),
    job({
      id: 'accounting',
      party: accounting,
      every: DAY_MS,
      phase: 5 * HOUR_MS,
      jitter: 20_000,
      run: (session) => {
        session.call('getSalesReport', { query: { period: 'day' } });
      },
    }),
    job({
      id: 'carrier',
      party: carrier,
      every: 12 * MINUTE_MS,
      phase: 5 * MINUTE_MS,
      jitter: 30_000,
      run: (session) => {
        session.call('getTracking', { params: [store.any('shipment', session.random)] });
      },
    }),
    job({
      id: 'marketplace',
      party: marketplace,
      every: HOUR_MS,
      phase: 11 * MINUTE_MS,
      jitter: 5000,
      run: (session, scale) => {
        session.call('listProducts');
        for (let reads = session.random.int(6, Math.ceil(14 * scale)); reads > 0; reads -= 1) {
          session.call('getStock');
          session.think(300);
        }
      },
    }),
    job({
      id: 'merchandising',
      party: merchandising,
      every: 3 * HOUR_MS,
      phase: HOUR_MS,
      jitter: 20 * MINUTE_MS,
      run: (session) => {
        session.call('listProducts');
        for (let products = session.random.int(2, 7); products > 0; products -= 1) {
          const product = store.any('product', session.random);
          session.think(2200);
          session.call('getProduct', { params: [product] });
          session.call('getStock', { params: [product] });
          if (session.random.chance(0.5)) session.call('updateProduct', { params: [product], status: 200 });
          if (session.random.chance(0.2)) session.call('previewLink', { query: { url: 'https://cdn.parcelwise.example/a.png' } });
        }
        if (session.random.chance(0.6)) session.call('repriceOrder', { status: 200 });
      },
    }),
    job({
      id: 'delegate',
      party: delegate,
      every: 2 * HOUR_MS,
      phase: 50 * MINUTE_MS,
      jitter: 40 * MINUTE_MS,
      run: (session) => {
        session.call('getMe');
        session.think(900);
        for (let which = 0; which < session.random.int(1, 4); which += 1)
          session.call('getOrder', { params: [store.itemOf('order', 60, which)] });
      },
    }),
    // Ran on the first day, and was then switched off; nobody withdrew its key.
    job({
      id: 'old-importer',
      party: retired,
      every: 2 * HOUR_MS,
      run: (session) => {
        if (session.at < stage.span.start + DAY_MS / 2) session.call('listOrders');
      },
    }),
  ];
}

/** Everything that happens in the shop on ordinary days. */
export function shopActors(stage: Stage): readonly Actor[] {
  const { customer, employee, administrator, support, operations, people } = partiesOf(stage);
  return [
    crowd({
      id: 'berlin',
      zone: 'Europe/Berlin',
      rhythm: 'shopper',
      visitsADay: 260,
      who: (random) => customer(2 * random.int(0, people / 2 - 1)),
      visit: shopping,
    }),
    crowd({
      id: 'new-york',
      zone: 'America/New_York',
      rhythm: 'shopper',
      visitsADay: 150,
      who: (random) => {
        const which = 2 * random.int(0, people / 2 - 1) + 1;
        return customer(which === RECORDED ? RECORDED + 2 : which);
      },
      visit: shopping,
    }),
    // Comes in the morning and in the evening, so that the recording of this customer's browser always has something.
    job({
      id: 'recorded-customer',
      party: customer(RECORDED),
      every: DAY_MS / 2,
      phase: 11 * HOUR_MS + 20 * MINUTE_MS,
      jitter: 50 * MINUTE_MS,
      run: shopping,
    }),
    crowd({
      id: 'office',
      zone: 'Europe/Berlin',
      rhythm: 'office',
      visitsADay: 70,
      who: (random) => employee(random.int(0, 4)),
      visit: officeWork,
    }),
    crowd({
      id: 'administration',
      zone: 'Europe/Berlin',
      rhythm: 'office',
      visitsADay: 2,
      who: () => administrator,
      visit: administration,
    }),
    crowd({ id: 'support-agent', zone: 'Europe/Berlin', rhythm: 'office', visitsADay: 40, who: () => support, visit: solveTicket }),
    crowd({ id: 'ops-agent', zone: 'Europe/Berlin', rhythm: 'office', visitsADay: 14, who: () => operations, visit: watchService }),
    ...jobs(stage),
    ...healthChecks('getStatus', ['10.20.0.9', '10.20.0.10']),
    crawler('home', 'collectionPage', '192.0.2.77'),
    scanners('shop'),
    scanners('web'),
    tinkerers('listProducts', 'getProduct'),
  ];
}
