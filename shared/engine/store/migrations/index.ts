import { first } from './0001-first.ts';
import { review, reviewStandIn } from './0002-review.ts';
import { inventory, inventoryStandIn } from './0003-inventory.ts';
import { templates, templatesStandIn } from './0004-templates.ts';
import { knowledge, knowledgeStandIn } from './0005-knowledge.ts';
import { credentials, credentialsStandIn } from './0006-credentials.ts';
import { privilege, privilegeStandIn } from './0007-privilege.ts';
import { revocation, revocationStandIn } from './0008-revocation.ts';

/**
 * Schema changes in order; the case's `user_version` is the count of those applied. Never reordered, never edited. A stand-in gives the same
 * tables, empty and in memory, to a case that is only read and is older than the change.
 */
const changes: readonly { readonly change: string; readonly standIn: string }[] = [
  { change: first, standIn: '' },
  { change: review, standIn: reviewStandIn },
  { change: inventory, standIn: inventoryStandIn },
  { change: templates, standIn: templatesStandIn },
  { change: knowledge, standIn: knowledgeStandIn },
  { change: credentials, standIn: credentialsStandIn },
  { change: privilege, standIn: privilegeStandIn },
  { change: revocation, standIn: revocationStandIn },
];

export const migrations: readonly string[] = changes.map(({ change }) => change);
export const standIns: readonly string[] = changes.map(({ standIn }) => standIn);
