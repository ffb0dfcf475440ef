import { Buffer } from 'node:buffer';

import type { Random } from '../large/random.ts';
import { makeAgentHost } from './agent-host.ts';
import { DAY_MS, HOUR_MS, hoursOfSample, shareOfDay } from './calendar.ts';
import type { Gateway } from './gateway.ts';
import { issueToken, makeConsumer } from './identity.ts';
import { addIncidentRun, INCIDENT_START } from './incident.ts';
import { makeModel, type ToolCall } from './model.ts';
import { ALL_SCOPES, getOperation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { answerTicket, readTicket, SUPPORT_CLIENT, type Run } from './run.ts';
import { toCustomerAnswer, toOrderAnswer, type Ticket } from './shop-answers.ts';
import type { Order, World } from './world.ts';

export interface SupportContext {
  readonly random: Random;
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
  readonly orders: readonly Order[];
}

/** The token was issued in March for three years. Units: epoch ms, ms. */
const ISSUED_AT = Date.UTC(2026, 2, 2, 9, 41, 7);
export const SUPPORT_TOKEN_LIFETIME = 1095 * DAY_MS;
const TICKETS_A_DAY = 30;

type Topic = 'parcel' | 'refund' | 'account';

const TEXTS: Readonly<Record<Topic, readonly string[]>> = {
  parcel: [
    'Where is my parcel? The page has said "on its way" for three days.',
    'Hello, can you tell me when my order will arrive? I am away from Monday.',
    'The carrier was here and left nothing. What now?',
  ],
  refund: [
    'The zip of the jacket broke on the second day. I would like my money back.',
    'I sent the boots back last week and have not heard anything since.',
    'Wrong size. Please refund the order, the return label is used already.',
  ],
  account: [
    'I moved. Is the new address already in my account?',
    'Which e-mail address do you have for me? I get no confirmations.',
    'Please check whether my account has the right phone number.',
  ],
};

function makeTicket(run: Pick<Run, 'random'>, order: Order, topic: Topic, openedAt: number): Ticket {
  const text = run.random.pick(TEXTS[topic]);
  return { id: `tic_${run.random.base32(12)}`, subject: text.split(/[.?!]/)[0] ?? text, text, openedAt, customer: order.customer, order };
}

function solve(run: Run, ticket: Ticket, topic: Topic): void {
  const { host, model, random } = run;
  const ask = (calls: readonly ToolCall[], seen: unknown): void => {
    model.ask(host, seen, calls);
    host.think(250);
  };
  const order: ToolCall = { name: 'get_order', arguments: { order_id: ticket.order.id } };
  const customer: ToolCall = { name: 'get_customer', arguments: { customer_id: ticket.customer.id } };
  ask([topic === 'account' ? customer : order], {
    ticket: { id: ticket.id, text: ticket.text, order_id: ticket.order.id, customer_id: ticket.customer.id },
  });
  if (topic === 'account') {
    host.shop({ operation: getOperation('getCustomer'), values: [ticket.customer.id], answer: toCustomerAnswer(ticket.customer) });
  } else {
    host.shop({ operation: getOperation('getOrder'), values: [ticket.order.id], answer: toOrderAnswer(ticket.order) });
  }
  if (topic === 'parcel') {
    host.think(200);
    host.shop({
      operation: getOperation('getTracking'),
      values: [ticket.order.shipmentId],
      answer: { shipment_id: ticket.order.shipmentId, state: 'in_transit', last_scan: 'Depot Hannover' },
    });
  }
  if (topic === 'refund') {
    ask([{ name: 'create_refund', arguments: { order_id: ticket.order.id } }], { order: { id: ticket.order.id, state: 'delivered' } });
    host.shop({
      operation: getOperation('createRefund'),
      values: [ticket.order.id],
      body: { reason: 'customer', lines: 'all' },
      status: 201,
      answer: { id: `ref_${random.base32(12)}`, order_id: ticket.order.id, state: 'pending' },
    });
  }
  ask([{ name: 'reply', arguments: { ticket_id: ticket.id } }], { result: 'ok' });
  answerTicket(run, ticket, undefined);
}

/** When the agent's runs begin; it works on one ticket after the other. */
function runTimes(random: Random): readonly number[] {
  const times: number[] = [];
  let free = 0;
  for (const hour of hoursOfSample()) {
    for (let count = random.poisson(TICKETS_A_DAY * shareOfDay('shopper', 'Europe/Berlin', hour)); count > 0; count -= 1) {
      const at = Math.max(hour + random.int(0, HOUR_MS - 1), free + 45_000);
      // The run of the incident has the host for itself.
      if (Math.abs(at - INCIDENT_START) < 12 * 60_000) continue;
      times.push(at);
      free = at + 30_000;
    }
  }
  return times;
}

/** The support agent through the week: some two hundred tickets, and one run that is not like the others. */
export function addSupportAgent(context: SupportContext): void {
  const { random, world, gateway, recorder } = context;
  const token = issueToken(
    random,
    { subject: 'support-desk', client: SUPPORT_CLIENT, scopes: ALL_SCOPES, actor: SUPPORT_CLIENT, lifetime: SUPPORT_TOKEN_LIFETIME },
    ISSUED_AT,
  );
  const host = makeAgentHost(random.fork('host'), gateway, recorder, {
    consumer: makeConsumer(random, SUPPORT_CLIENT),
    token,
    ip: '10.30.2.41',
    userAgent: 'python-httpx/0.28.1 AI-Agent (name: support-agent, entry: inbox)',
  });
  const model = makeModel(random.fork('model'), `mhk-${Buffer.from(random.bytes(30)).toString('base64url')}`);
  const run: Run = { random: random.fork('runs'), host, model, world };
  for (const at of runTimes(random.fork('times'))) {
    const known = [...world.orders, ...context.orders.filter((order) => order.createdAt < at - HOUR_MS)];
    const topic = run.random.pick(['parcel', 'parcel', 'refund', 'account'] as const);
    const ticket = makeTicket(run, run.random.pick(known), topic, at - 20 * 60_000);
    const others = run.random.chance(0.3) ? [makeTicket(run, run.random.pick(known), 'parcel', at)] : [];
    host.beginRun(at);
    readTicket(run, ticket, others);
    host.think(300);
    solve(run, ticket, topic);
  }
  addIncidentRun({ ...run, random: random.fork('incident') });
}
