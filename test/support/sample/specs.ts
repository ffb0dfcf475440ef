import { stringify } from 'yaml';

import { ALL_SCOPES, OPERATIONS, type Operation } from './operations.ts';
import { HOSTS } from './world.ts';

const text = { type: 'string' };
const count = { type: 'integer' };
const list = (of: string): unknown => ({
  type: 'object',
  properties: { data: { type: 'array', items: { $ref: `#/components/schemas/${of}` } }, next: { type: ['string', 'null'] } },
});
const object = (properties: Readonly<Record<string, unknown>>): unknown => ({ type: 'object', properties });
const address = object({ street: text, city: text });
const money = object({ amount: { type: 'number' }, currency: text });

const SCHEMAS: Readonly<Record<string, unknown>> = {
  Product: object({ sku: text, slug: text, title: text, description: text, price: { type: 'number' } }),
  ProductList: list('Product'),
  ProductPatch: object({ title: text, description: text, price: { type: 'number' } }),
  Cart: object({ id: text, items: { type: 'array', items: { $ref: '#/components/schemas/CartItem' } }, total: money }),
  NewCart: object({ currency: text }),
  CartItem: object({ sku: text, quantity: count }),
  Order: object({
    id: text,
    customer_id: text,
    state: text,
    shipment_id: text,
    created_at: { type: 'string', format: 'date-time' },
    items: { type: 'array', items: object({ sku: text, title: text, price: { type: 'number' } }) },
    total: money,
    ship_to: object({ name: text, street: text, city: text }),
  }),
  OrderList: list('Order'),
  NewOrder: object({ cart_id: text, payment_method_id: text, ship_to: address }),
  NewRefund: object({ reason: text, lines: text }),
  Refund: object({ id: text, order_id: text, state: text }),
  Tracking: object({ shipment_id: text, state: text, last_scan: text }),
  Customer: object({
    id: text,
    name: text,
    email: { type: 'string', format: 'email' },
    phone: text,
    address,
    payment_methods: { type: 'array', items: text },
    newsletter: { type: 'boolean' },
  }),
  CustomerList: list('Customer'),
  CustomerPatch: object({ email: text, phone: text, address }),
  PaymentMethod: object({ id: text, brand: text, number: text, expiry: text, holder: text }),
  PaymentMethodList: object({ customer_id: text, data: { type: 'array', items: { $ref: '#/components/schemas/PaymentMethod' } } }),
  Ticket: object({
    id: text,
    subject: text,
    state: text,
    opened_at: text,
    customer_id: text,
    order_id: text,
    messages: { type: 'array', items: object({ from: text, text }) },
  }),
  TicketList: list('Ticket'),
  TicketPatch: object({ state: text, reply_id: text }),
  NewReply: object({ text }),
  Reply: object({ id: text, ticket_id: text }),
  Stock: object({ sku: text, on_hand: count, reserved: count }),
  EventList: list('Event'),
  Event: object({ id: count, kind: text, subject: text }),
  SalesReport: object({ period: text, orders: count, revenue: money }),
  StaffList: list('Staff'),
  Staff: object({ id: text, name: text, email: text, role: text }),
  Status: object({ ok: { type: 'boolean' }, version: text }),
};

const SCOPE_TEXTS: Readonly<Record<string, string>> = { read: 'See', write: 'Change', export: 'Export', admin: 'Administer' };

function describeScope(scope: string): string {
  const [what = '', how = ''] = scope.split(':');
  return `${SCOPE_TEXTS[how] ?? how} ${what.replace('-', ' ')}`;
}

function describeOperation(operation: Operation): unknown {
  const parameters = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: text,
  }));
  const security =
    operation.scopes.length === 0 ? [] : [{ oauth: [...operation.scopes] }, ...(operation.partnerKey === true ? [{ partnerKey: [] }] : [])];
  const answer = { description: 'Done', content: { 'application/json': { schema: { $ref: `#/components/schemas/${operation.answer}` } } } };
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.tag],
    security,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${operation.body}` } } } } }),
    responses: { [operation.method === 'POST' ? '201' : '200']: answer, default: { description: 'What went wrong' } },
  };
}

/** The description of the shop's API as its team keeps it: OpenAPI 3.1 in YAML. */
export function shopSpecification(): string {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describeOperation(operation);
  return stringify(
    {
      openapi: '3.1.0',
      info: {
        title: 'Acme Outfitters shop API',
        version: '1.42.0',
        description: 'Everything that the shop, its people and its agents work with.',
      },
      servers: [{ url: `https://${HOSTS.api}` }],
      tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
      paths,
      components: {
        securitySchemes: {
          oauth: {
            type: 'oauth2',
            flows: {
              clientCredentials: {
                tokenUrl: `${HOSTS.identity}/oauth/token`,
                scopes: Object.fromEntries(ALL_SCOPES.map((scope) => [scope, describeScope(scope)])),
              },
            },
          },
          partnerKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
        schemas: SCHEMAS,
      },
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );
}

/** Operations of the payment provider's description. */
export const PAYMENT_OPERATIONS = 3;

/** The payment provider's description: OpenAPI 3.0 in JSON, with a base path in its server. */
export function paymentsSpecification(): string {
  const security = [{ bearer: [] }];
  const amount = { type: 'object', properties: { amount: { type: 'integer' }, currency: text, payment_method: text, order_id: text } };
  const charge = { description: 'The charge', content: { 'application/json': { schema: { $ref: '#/components/schemas/Charge' } } } };
  const post = (operationId: string, summary: string): unknown => ({
    operationId,
    summary,
    security,
    requestBody: { required: true, content: { 'application/json': { schema: amount } } },
    responses: { 201: charge },
  });
  return `${JSON.stringify(
    {
      openapi: '3.0.3',
      info: { title: 'Payments', version: '2.7.1' },
      servers: [{ url: `https://${HOSTS.payments}/v2` }],
      paths: {
        '/charges': { post: post('createCharge', 'Take money') },
        '/charges/{charge_id}': {
          get: {
            operationId: 'getCharge',
            summary: 'Get a charge',
            security,
            parameters: [{ name: 'charge_id', in: 'path', required: true, schema: text }],
            responses: { 200: charge },
          },
        },
        '/refunds': { post: post('createRefund', 'Give money back') },
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
        schemas: {
          Charge: { type: 'object', nullable: true, properties: { id: text, state: text, amount: { type: 'integer' }, currency: text } },
        },
      },
    },
    undefined,
    2,
  )}\n`;
}
