import { askModel, toolClient, type Model, type Tool } from '../../actors/agents.ts';
import type { Session } from '../../core/session.ts';
import type { Stage } from '../../core/stage.ts';

const COLLECTIONS = ['autumn', 'hiking', 'camping', 'kids', 'sale', 'winter'];

const MODEL_HOST = 'llm.modelhub.example';
/** The model of the shop's agents. */
export function modelOf(stage: Stage): Model {
  return {
    foreign: { host: MODEL_HOST, path: '/v1/chat/completions', address: '192.0.2.120' },
    key: `sk-hub-${stage.random('model-key').base32(40)}`,
  };
}

/** Share of visits that begin with a login, and of those whose password is mistyped first. */
const LOGS_IN = 0.25;
const MISTYPED = 0.04;

/** Name and password; who is let in has his token from then on. */
function logIn(session: Session): void {
  const { random } = session;
  if (random.chance(MISTYPED)) {
    session.call('login', { bare: true, status: 401 });
    session.think(11_000);
  }
  session.call('login', { bare: true });
  session.think(1500);
}

/** A customer: looks around, perhaps buys. */
export function shopping(session: Session): void {
  const { random, party, stage } = session;
  const own = party.person ?? 0;
  // A browser does not send its token for pages.
  session.call('home', { bare: true, responseBytes: 18_400 });
  for (let pages = random.int(0, 2); pages > 0; pages -= 1) {
    session.think(9000);
    session.call('collectionPage', { bare: true, params: [random.pick(COLLECTIONS)], responseBytes: 21_700 });
    if (random.chance(0.2)) session.call('productPage', { bare: true, responseBytes: 24_300 });
  }
  if (random.chance(LOGS_IN)) logIn(session);
  session.call('listProducts', { query: { page: String(random.int(1, 3)), season: 'autumn' } });
  if (random.chance(0.25))
    session.call('searchProducts', { query: { q: random.pick(['tent', 'boots 42', 'rain jacket', 'lamp', 'kids fleece']) } });
  for (let views = random.int(1, 4); views > 0; views -= 1) {
    session.think(14_000);
    session.call('getProduct', random.chance(0.01) ? { status: 404 } : {});
  }
  if (random.chance(0.2)) {
    session.think(6000);
    if (party.userAgent.startsWith('AcmeShop/3.')) session.call('oldCustomer', { params: [stage.store.itemOf('customer', own, 0)] });
    else session.call('getMe');
    if (random.chance(0.4)) session.call('getOrder', { params: [stage.store.itemOf('order', own, random.int(0, 5))] });
    if (random.chance(0.3)) session.call('getTracking', { params: [stage.store.itemOf('shipment', own, random.int(0, 5))] });
    if (random.chance(0.1)) session.call('updateCustomer', { params: [stage.store.itemOf('customer', own, 0)], status: 200 });
  }
  if (!random.chance(0.42)) return;
  session.think(9000);
  session.call('createCart');
  session.call('addCartItem', { params: [stage.store.itemOf('cart', own, random.int(0, 5))], status: 200 });
  if (!random.chance(0.55)) return;
  session.think(40_000);
  session.call('getCustomer', { params: [stage.store.itemOf('customer', own, 0)] });
  session.call('listPaymentMethods', { params: [stage.store.itemOf('customer', own, 0)] });
  if (random.chance(0.12)) session.call('getPaymentMethod', { params: [stage.store.itemOf('method', own, random.int(0, 1))] });
  if (random.chance(0.06)) session.call('addPaymentMethod', { params: [stage.store.itemOf('customer', own, 0)] });
  session.think(30_000);
  if (random.chance(0.03)) session.call('createOrder', { status: 402 });
  const order = session.call('createOrder', { status: random.chance(0.01) ? 503 : 201 });
  if (order.status !== 201) return;
  session.think(4000);
  session.call('getOrder', {
    params: [order.responseBody === undefined ? stage.store.itemOf('order', own, random.int(0, 5)) : session.take(order, 'id')],
  });
}

/** A member of staff works on tickets. */
export function officeWork(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const customer = random.int(0, store.people - 1);
  session.call('listTickets', { query: { status: 'open' } });
  session.think(9000);
  session.call('getTicket', { params: [store.itemOf('ticket', customer, random.int(0, 2))] });
  session.think(12_000);
  if (random.chance(0.5)) session.call('listCustomers', { query: { email: store.person(customer).email.slice(0, 4) } });
  session.think(5000);
  if (random.chance(0.7)) session.call('getCustomer', { params: [store.itemOf('customer', customer, 0)] });
  session.think(7000);
  if (random.chance(0.7)) session.call('getOrder', { params: [store.itemOf('order', customer, random.int(0, 5))] });
  if (random.chance(0.1)) session.call('repriceOrder', { params: [store.itemOf('order', customer, 0)], status: 200 });
  if (random.chance(0.12)) session.call('updateCustomer', { params: [store.itemOf('customer', customer, 0)], status: 200 });
  if (random.chance(0.1)) session.call('createRefund', { params: [store.itemOf('order', customer, 1)] });
  if (random.chance(0.15)) session.call('getSalesReport', { query: { period: 'week' } });
  session.think(30_000);
  if (random.chance(0.5)) session.call('replyToTicket', { params: [store.itemOf('ticket', customer, 0)] });
}

/** Administration, by the one person who does it. */
export function administration(session: Session): void {
  session.call('listStaff');
  session.think(20_000);
  if (session.random.chance(0.3)) session.call('setStaffRole', { status: 200 });
  if (session.random.chance(0.3)) session.call('listKeys');
}

/** The support agent solves one ticket over direct calls, its model asked between them. */
export function solveTicket(session: Session): void {
  const { random, stage } = session;
  const model = modelOf(stage);
  const listed = session.call('listTickets', { query: { status: 'open', assignee: 'support-agent' } });
  session.think(400);
  const ticket = session.call('getTicket', { params: [session.take(listed, 'data[0].id')] });
  askModel(session, model, { ticket: session.take(ticket, 'id').value, text: session.take(ticket, 'text').value }, [
    { name: 'get_order', arguments: { order_id: session.take(ticket, 'order_id').value } },
  ]);
  const order = session.call('getOrder', { params: [session.take(ticket, 'order_id')] });
  session.think(200);
  if (random.chance(0.5)) session.call('getTracking', { params: [session.take(order, 'shipment_id')] });
  if (random.chance(0.6)) session.call('getCustomer', { params: [session.take(ticket, 'customer_id')] });
  if (random.chance(0.2)) {
    askModel(session, model, { order: 'delivered' }, [{ name: 'create_refund', arguments: { order_id: session.take(order, 'id').value } }]);
    session.call('createRefund', {
      params: [session.take(order, 'id')],
      body: { amount: session.take(order, 'total.amount'), currency: 'EUR', reason: 'broken' },
    });
  }
  askModel(session, model, { done: true }, []);
  session.call('replyToTicket', { params: [session.take(ticket, 'id')], body: { text: 'We have taken care of it.' } });
  session.think(150);
  session.call('updateTicket', { params: [session.take(ticket, 'id')], body: { state: 'closed' }, status: 200 });
}

export const TOOLS: readonly Tool[] = [
  { name: 'search_runbooks', description: 'Full-text search over the runbooks of this company.', parameters: { query: 'string' } },
  { name: 'deploy_status', description: 'State of the last deployment of a service.', parameters: { service: 'string' } },
  {
    name: 'get_metrics',
    description: 'Request rate, errors and latency of a service.',
    parameters: { service: 'string', minutes: 'integer' },
  },
  { name: 'tail_logs', description: 'The last lines that a service logged.', parameters: { service: 'string', lines: 'integer' } },
  { name: 'open_change_request', description: 'Opens a change request and gives its number.', parameters: { title: 'string' } },
];

/** The operations agent looks after a service over tools. */
export function watchService(session: Session): void {
  const { random } = session;
  const client = toolClient(session, 'toolCall', random.chance(0.7) ? '2025-11-25' : '2026-07-28');
  client.begin(TOOLS);
  const service = random.pick(['orders', 'customers', 'catalog', 'payouts']);
  client.tool('deploy_status', { service }, { service, version: `5.${String(random.int(10, 30))}.0`, revision: random.hex(12) });
  for (let calls = random.int(2, 6); calls > 0; calls -= 1) {
    const name = random.pick(['get_metrics', 'tail_logs', 'search_runbooks'] as const);
    if (name === 'search_runbooks') client.tool(name, { query: `${service} slow` }, { hits: random.int(0, 4) });
    else
      client.tool(
        name,
        { service, [name === 'tail_logs' ? 'lines' : 'minutes']: random.int(5, 60) },
        { lines: random.int(0, 40), errors: random.int(0, 9) },
      );
  }
  if (random.chance(0.3)) session.call('getSalesReport', { query: { period: 'day' } });
}
