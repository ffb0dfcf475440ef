import type { Random } from '../large/random.ts';
import { HOUR_MS, hoursOfSample, shareOfDay } from './calendar.ts';
import type { Caller, Gateway } from './gateway.ts';
import { DEFAULT_LIFETIME, makeConsumer, tokenSource } from './identity.ts';
import { getOperation, type Operation } from './operations.ts';
import { HOSTS, type World } from './world.ts';

export interface AgentsContext {
  readonly random: Random;
  readonly world: World;
  readonly gateway: Gateway;
}

export const SHADOW_TAG = 'reprice';

/** In use, and in no description. */
const REPRICE: Operation = {
  id: 'repriceOrder',
  method: 'POST',
  path: '/v1/orders/{order_id}/reprice',
  tag: 'orders',
  summary: '',
  scopes: [],
  answer: '',
  bytes: 540,
  millis: 64,
};
const TOOL_CALL: Operation = {
  id: 'toolCall',
  method: 'POST',
  path: '/mcp',
  tag: 'status',
  summary: '',
  scopes: [],
  answer: '',
  bytes: 2100,
  millis: 130,
};

/** Sends one call of the undocumented operation. */
export function repriceWith({ random, world, gateway }: AgentsContext): (at: number, caller: Caller) => void {
  return (at, caller) => {
    gateway.send({ at, caller, operation: REPRICE, values: [random.pick(world.orders).id], requestBytes: 58, tag: SHADOW_TAG });
  };
}

/** Keeps texts and prices of products in order: a program with a tool loop, on a narrow token of an hour. */
function addMerchandisingAgent({ random, world, gateway }: AgentsContext): void {
  const consumer = makeConsumer(random, 'merchandising-agent');
  const tokens = tokenSource(random.fork('tokens'), {
    subject: 'merchandising-agent',
    client: 'merchandising-agent',
    scopes: ['catalog:write', 'inventory:read'],
    lifetime: DEFAULT_LIFETIME,
  });
  const reprice = repriceWith({ random: random.fork('reprice'), world, gateway });
  for (const hour of hoursOfSample()) {
    if (new Date(hour).getUTCHours() % 3 !== 1) continue;
    let at = hour + random.int(0, HOUR_MS / 2);
    const headers = {
      'user-agent': 'node',
      accept: 'application/json',
      authorization: `Bearer ${tokens(at)}`,
      'x-stainless-lang': 'js',
      'x-stainless-package-version': '4.2.0',
      'x-stainless-runtime': 'node',
      'x-stainless-retry-count': '0',
      'x-stainless-helper': 'BetaToolRunner',
    };
    const caller: Caller = { ip: '10.30.2.15', consumer, headers };
    const send = (id: string, values: readonly string[], requestBytes = 0): void => {
      gateway.send({ at, caller, operation: getOperation(id), values, requestBytes });
      at += Math.round(random.around(2200, 0.4));
    };
    send('listProducts', []);
    for (let products = random.int(1, 3); products > 0; products -= 1) {
      const { sku } = random.pick(world.products);
      send('getProduct', [sku]);
      send('getStock', [sku]);
      if (random.chance(0.5)) send('updateProduct', [sku], 320);
    }
    if (random.chance(0.6)) reprice(at, caller);
  }
}

const TOOLS = ['search_runbooks', 'deploy_status', 'list_incidents', 'get_metrics', 'tail_logs', 'open_change_request'];

/** Watches over deployments by calling tools: Model Context Protocol over HTTP. */
function addOperationsAgent({ random, gateway }: AgentsContext): void {
  const consumer = makeConsumer(random, 'ops-agent');
  const tokens = tokenSource(random.fork('tokens'), {
    subject: 'ops-agent',
    client: 'ops-agent',
    scopes: ['reports:read'],
    lifetime: DEFAULT_LIFETIME,
  });
  for (const hour of hoursOfSample()) {
    for (let sessions = random.poisson(5 * shareOfDay('office', 'Europe/Berlin', hour)); sessions > 0; sessions -= 1) {
      let at = hour + random.int(0, HOUR_MS - 1);
      const base = {
        'user-agent': 'opencode/0.9.11',
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${tokens(at)}`,
        'mcp-protocol-version': '2025-11-25',
        'mcp-session-id': random.uuid(),
      };
      const send = (method: string, name: string | undefined): void => {
        const headers = { ...base, 'mcp-method': method, ...(name === undefined ? {} : { 'mcp-name': name }) };
        gateway.send({
          at,
          caller: { ip: '10.30.2.28', consumer, headers },
          operation: TOOL_CALL,
          host: HOSTS.tools,
          requestBytes: random.int(120, 900),
        });
        at += Math.round(random.around(3100, 0.5));
      };
      send('initialize', undefined);
      send('tools/list', undefined);
      for (let calls = random.int(3, 9); calls > 0; calls -= 1) send('tools/call', random.pick(TOOLS));
      if (random.chance(0.4)) {
        const { 'user-agent': agent, authorization } = base;
        gateway.send({
          at,
          caller: { ip: '10.30.2.28', consumer, headers: { 'user-agent': agent, accept: 'application/json', authorization } },
          operation: getOperation('getSalesReport'),
          query: { period: 'day' },
        });
      }
    }
  }
}

/** The two agents that behave. */
export function addAgents(context: AgentsContext): void {
  addMerchandisingAgent({ ...context, random: context.random.fork('merchandising') });
  addOperationsAgent({ ...context, random: context.random.fork('operations') });
}
