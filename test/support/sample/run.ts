import type { Random } from '../large/random.ts';
import type { AgentHost } from './agent-host.ts';
import type { Model } from './model.ts';
import { getOperation } from './operations.ts';
import { toTicketAnswer, type Ticket } from './shop-answers.ts';
import type { World } from './world.ts';

export const SUPPORT_CLIENT = 'support-agent';

/** What a run has in hand. */
export interface Run {
  readonly random: Random;
  readonly host: AgentHost;
  readonly model: Model;
  readonly world: World;
}

/** Reads the open tickets, then one of them. Gives nothing: what it learns goes to the model. */
export function readTicket(
  run: Run,
  ticket: Ticket,
  others: readonly Ticket[],
  tag?: { readonly list: string; readonly ticket: string },
): void {
  const listed = [ticket, ...others].map(({ id, subject }) => ({ id, subject, state: 'open' }));
  run.host.shop({
    operation: getOperation('listTickets'),
    query: { status: 'open', assignee: SUPPORT_CLIENT },
    answer: { data: listed, next: null },
    tag: tag?.list,
  });
  run.host.think(400);
  run.host.shop({ operation: getOperation('getTicket'), values: [ticket.id], answer: toTicketAnswer(ticket), tag: tag?.ticket });
}

/** Writes the answer to the customer and closes the ticket. */
export function answerTicket(run: Run, ticket: Ticket, tag: string | undefined): void {
  const { host, random } = run;
  const replyId = `rep_${random.base32(10)}`;
  host.shop({
    operation: getOperation('replyToTicket'),
    values: [ticket.id],
    body: { text: `Hello ${ticket.customer.name.split(' ')[0] ?? ''}, we have taken care of it.` },
    status: 201,
    answer: { id: replyId, ticket_id: ticket.id },
    tag,
  });
  host.think(150);
  host.shop({
    operation: getOperation('updateTicket'),
    values: [ticket.id],
    body: { state: 'closed', reply_id: replyId },
    answer: { id: ticket.id, state: 'closed' },
    tag,
  });
}
