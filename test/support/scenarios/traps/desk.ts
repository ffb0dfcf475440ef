import type { Roles } from '../core/roles.ts';
import type { Session } from '../core/session.ts';

/** A member of staff works on one customer's message, as on any day. */
export function workMessage(session: Session, { inbox, readObject }: Roles, customer: number): void {
  const { random, stage } = session;
  const message = stage.store.itemOf(inbox.entity, customer, random.int(0, 2));
  session.call(inbox.read, { params: [message] });
  session.think(14_000);
  session.call(readObject.operation, { params: [stage.store.itemOf(readObject.entity, customer, 0)] });
  session.think(40_000);
  if (random.chance(0.7)) session.call(inbox.reply, { params: [message] });
}
