/** One operation of the shop's API: the description and the traffic are both made from this table. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  /** Scopes that a token needs, all of them; empty: anyone may call it. */
  readonly scopes: readonly string[];
  /** Also open to a partner's API key. */
  readonly partnerKey?: boolean;
  /** Schema of the answer, by name in `components`. */
  readonly answer: string;
  readonly body?: string;
  /** Usual size of the answer and time to it. Units: bytes, ms. */
  readonly bytes: number;
  readonly millis: number;
}

export type Tag = 'catalog' | 'carts' | 'orders' | 'customers' | 'tickets' | 'inventory' | 'reports' | 'events' | 'status';

/** Everything that a token of this shop can be allowed. */
export const ALL_SCOPES = [
  'catalog:read',
  'catalog:write',
  'inventory:read',
  'inventory:write',
  'carts:write',
  'orders:read',
  'orders:write',
  'orders:export',
  'customers:read',
  'customers:write',
  'payment-methods:read',
  'refunds:write',
  'tickets:read',
  'tickets:write',
  'events:read',
  'reports:read',
  'staff:admin',
] as const;

const operation = (
  tag: Tag,
  id: string,
  method: string,
  path: string,
  summary: string,
  scopes: readonly string[],
  answer: string,
  bytes: number,
  millis: number,
  more: { readonly body?: string; readonly partnerKey?: boolean } = {},
): Operation => ({ id, method, path, tag, summary, scopes, answer, bytes, millis, ...more });

/** All documented operations. `POST /v1/orders/{order_id}/reprice` is used too and deliberately not here. */
export const OPERATIONS: readonly Operation[] = [
  operation('catalog', 'listProducts', 'GET', '/v1/catalog/products', 'List products', [], 'ProductList', 9200, 38),
  operation('catalog', 'getProduct', 'GET', '/v1/catalog/products/{sku}', 'Get one product', [], 'Product', 1450, 17),
  operation(
    'catalog',
    'updateProduct',
    'PATCH',
    '/v1/catalog/products/{sku}',
    'Change texts or price of a product',
    ['catalog:write'],
    'Product',
    1480,
    52,
    { body: 'ProductPatch' },
  ),
  operation('carts', 'createCart', 'POST', '/v1/carts', 'Open a cart', ['carts:write'], 'Cart', 320, 29, { body: 'NewCart' }),
  operation('carts', 'addCartItem', 'POST', '/v1/carts/{cart_id}/items', 'Put a product into a cart', ['carts:write'], 'Cart', 610, 33, {
    body: 'CartItem',
  }),
  operation('orders', 'createOrder', 'POST', '/v1/orders', 'Order what is in a cart', ['orders:write'], 'Order', 1720, 240, {
    body: 'NewOrder',
  }),
  operation('orders', 'listOrders', 'GET', '/v1/orders', 'List orders', ['orders:read'], 'OrderList', 14800, 88, { partnerKey: true }),
  operation('orders', 'getOrder', 'GET', '/v1/orders/{order_id}', 'Get one order', ['orders:read'], 'Order', 1690, 41),
  operation(
    'orders',
    'exportOrders',
    'GET',
    '/v1/orders/export',
    'Orders of one day for the carrier',
    ['orders:export'],
    'OrderList',
    181000,
    410,
  ),
  operation(
    'orders',
    'createRefund',
    'POST',
    '/v1/orders/{order_id}/refunds',
    'Pay an order back, in part or whole',
    ['refunds:write'],
    'Refund',
    520,
    310,
    { body: 'NewRefund' },
  ),
  operation(
    'orders',
    'getTracking',
    'GET',
    '/v1/shipments/{shipment_id}/tracking',
    'Where a parcel is',
    ['orders:read'],
    'Tracking',
    740,
    36,
    { partnerKey: true },
  ),
  operation('customers', 'listCustomers', 'GET', '/v1/customers', 'Search customers', ['customers:read'], 'CustomerList', 11300, 74),
  operation('customers', 'getCustomer', 'GET', '/v1/customers/{customer_id}', 'Get one customer', ['customers:read'], 'Customer', 860, 31),
  operation(
    'customers',
    'updateCustomer',
    'PATCH',
    '/v1/customers/{customer_id}',
    'Change a customer',
    ['customers:write'],
    'Customer',
    870,
    58,
    { body: 'CustomerPatch' },
  ),
  operation(
    'customers',
    'listPaymentMethods',
    'GET',
    '/v1/customers/{customer_id}/payment-methods',
    'Stored cards of a customer',
    ['payment-methods:read'],
    'PaymentMethodList',
    640,
    47,
  ),
  operation(
    'customers',
    'getPaymentMethod',
    'GET',
    '/v1/payment-methods/{payment_method_id}',
    'Get one stored card',
    ['payment-methods:read'],
    'PaymentMethod',
    410,
    39,
  ),
  operation('tickets', 'listTickets', 'GET', '/v1/tickets', 'List tickets', ['tickets:read'], 'TicketList', 4100, 44),
  operation(
    'tickets',
    'getTicket',
    'GET',
    '/v1/tickets/{ticket_id}',
    'Get one ticket with its messages',
    ['tickets:read'],
    'Ticket',
    1560,
    35,
  ),
  operation('tickets', 'replyToTicket', 'POST', '/v1/tickets/{ticket_id}/replies', 'Answer a ticket', ['tickets:write'], 'Reply', 390, 66, {
    body: 'NewReply',
  }),
  operation(
    'tickets',
    'updateTicket',
    'PATCH',
    '/v1/tickets/{ticket_id}',
    'Change the state of a ticket',
    ['tickets:write'],
    'Ticket',
    1580,
    48,
    { body: 'TicketPatch' },
  ),
  operation('inventory', 'getStock', 'GET', '/v1/inventory/{sku}', 'Stock of one product', ['inventory:read'], 'Stock', 260, 14),
  operation(
    'inventory',
    'updateStock',
    'PUT',
    '/v1/inventory/{sku}',
    'Set the stock of one product',
    ['inventory:write'],
    'Stock',
    265,
    27,
    { body: 'Stock', partnerKey: true },
  ),
  operation('events', 'listEvents', 'GET', '/v1/events', 'Events after a cursor', ['events:read'], 'EventList', 3400, 22, {
    partnerKey: true,
  }),
  operation('reports', 'getSalesReport', 'GET', '/v1/reports/sales', 'Sales of a period', ['reports:read'], 'SalesReport', 5200, 190),
  operation('reports', 'listStaff', 'GET', '/v1/staff', 'People who work here', ['staff:admin'], 'StaffList', 2400, 40),
  operation('status', 'getStatus', 'GET', '/v1/status', 'Is the API up', [], 'Status', 48, 3),
];

const byId = new Map(OPERATIONS.map((entry) => [entry.id, entry]));

/** The operation of that id. Errors: RangeError for one that the table does not have. */
export function getOperation(id: string): Operation {
  const found = byId.get(id);
  if (found === undefined) throw new RangeError(`no operation ${id}`);
  return found;
}

/** The path with its parameters filled in, in their order. */
export function fillPath(template: string, values: readonly string[]): string {
  let index = 0;
  return template.replace(/\{[^}]+\}/g, () => values[index++] ?? '-');
}
