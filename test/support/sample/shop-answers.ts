import type { Customer, Order } from './world.ts';

export interface Ticket {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** Units: epoch ms. */
  readonly openedAt: number;
  readonly customer: Customer;
  readonly order: Order;
}

/** What `getTicket` answers. */
export const toTicketAnswer = (ticket: Ticket): unknown => ({
  id: ticket.id,
  subject: ticket.subject,
  state: 'open',
  opened_at: new Date(ticket.openedAt).toISOString(),
  customer_id: ticket.customer.id,
  order_id: ticket.order.id,
  messages: [{ from: 'customer', text: ticket.text }],
});

/** What `getOrder` answers. */
export const toOrderAnswer = (order: Order): unknown => ({
  id: order.id,
  customer_id: order.customer.id,
  state: 'delivered',
  shipment_id: order.shipmentId,
  created_at: new Date(order.createdAt).toISOString(),
  items: order.products.map(({ sku, title, cents }) => ({ sku, title, price: cents / 100 })),
  total: { amount: order.products.reduce((sum, { cents }) => sum + cents, 0) / 100, currency: 'EUR' },
  ship_to: { name: order.customer.name, street: order.customer.street, city: order.customer.city },
});

/** What `getCustomer` answers. */
export const toCustomerAnswer = (customer: Customer): unknown => ({
  id: customer.id,
  name: customer.name,
  email: customer.email,
  phone: customer.phone,
  address: { street: customer.street, city: customer.city },
  payment_methods: customer.cards.map(({ id }) => id),
  newsletter: customer.id.endsWith('3'),
});

/** What `listPaymentMethods` answers: whole card numbers, which the shop should never have given out. */
export const toCardsAnswer = (customer: Customer): unknown => ({
  customer_id: customer.id,
  data: customer.cards.map(({ id, number, brand, expiry }) => ({ id, brand, number, expiry, holder: customer.name })),
});
