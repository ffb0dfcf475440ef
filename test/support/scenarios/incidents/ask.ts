import { askModel } from '../actors/agents.ts';
import type { Roles } from '../core/roles.ts';
import type { Session } from '../core/session.ts';
import type { Json } from '../core/store.ts';

/** The name of the tool by which an agent calls an operation. */
function toolName(operation: string): string {
  return operation.replace(/([A-Z])/g, '_$1').toLowerCase();
}

/** The agent shows its model what it has seen, and is told which operation to call; in a company whose model is not recorded it only takes its time. */
export function ask(session: Session, { model }: Roles, seen: Json, operation?: string, given: Json = {}): void {
  if (model === undefined) session.think(700);
  else askModel(session, model, seen, operation === undefined ? [] : [{ name: toolName(operation), arguments: given }]);
}
