import { first, firstDerivedTables } from './0001-first.ts';
import { review, reviewStandIn } from './0002-review.ts';
import { inventory, inventoryStandIn, inventoryTables } from './0003-inventory.ts';
import { templates, templatesStandIn } from './0004-templates.ts';
import { identityTables, knowledge, knowledgeStandIn } from './0005-knowledge.ts';
import { credentials, credentialsStandIn, credentialTables } from './0006-credentials.ts';
import { privilege, privilegeStandIn, privilegeTables } from './0007-privilege.ts';
import { revocation, revocationStandIn, revocationTables } from './0008-revocation.ts';
import { signals, signalsStandIn, signalTables } from './0009-signals.ts';
import { revocations, revocationsStandIn, revocationsTables } from './0015-revocations.ts';
import { audit, auditStandIn } from './0016-audit.ts';
import { flows, flowsStandIn, flowTables } from './0022-flows.ts';
import { retries, retriesStandIn, retryTables } from './0018-retries.ts';
import { hops, hopsStandIn, hopTables } from './0024-hops.ts';
import { traceOwners, traceOwnersStandIn } from './0025-trace-owners.ts';
import { clockAndLaneTables, clocksAndLanes, clocksAndLanesStandIn } from './0026-clocks-and-lanes.ts';
import { innerSpans, innerSpansStandIn } from './0027-inner-spans.ts';
import { depths, depthsStandIn, depthTables } from './0028-depths.ts';
import { partlyEvaluable, partlyEvaluableStandIn, partlyEvaluableTables } from './0023-partly-evaluable.ts';

/** A change of schema. */
interface Change {
  readonly sql: string;
  /** The same tables, empty and in memory, for a case that is only read and is older than the change. */
  readonly standIn: string;
  /** Those of its tables that the analysis fills anew. */
  readonly derived: readonly string[];
}

/** In order; the case's `user_version` is the count of those applied. Never reordered, never edited. */
const changes: readonly Change[] = [
  { sql: first, standIn: '', derived: firstDerivedTables },
  { sql: review, standIn: reviewStandIn, derived: [] },
  { sql: inventory, standIn: inventoryStandIn, derived: inventoryTables },
  { sql: templates, standIn: templatesStandIn, derived: [] },
  { sql: knowledge, standIn: knowledgeStandIn, derived: identityTables },
  { sql: credentials, standIn: credentialsStandIn, derived: credentialTables },
  { sql: privilege, standIn: privilegeStandIn, derived: privilegeTables },
  { sql: revocation, standIn: revocationStandIn, derived: revocationTables },
  { sql: signals, standIn: signalsStandIn, derived: signalTables },
  { sql: revocations, standIn: revocationsStandIn, derived: revocationsTables },
  { sql: audit, standIn: auditStandIn, derived: [] },
  { sql: flows, standIn: flowsStandIn, derived: flowTables },
  { sql: retries, standIn: retriesStandIn, derived: retryTables },
  { sql: partlyEvaluable, standIn: partlyEvaluableStandIn, derived: partlyEvaluableTables },
  { sql: hops, standIn: hopsStandIn, derived: hopTables },
  { sql: traceOwners, standIn: traceOwnersStandIn, derived: [] },
  { sql: clocksAndLanes, standIn: clocksAndLanesStandIn, derived: clockAndLaneTables },
  { sql: innerSpans, standIn: innerSpansStandIn, derived: [] },
  { sql: depths, standIn: depthsStandIn, derived: depthTables },
];

export const migrations: readonly string[] = changes.map(({ sql }) => sql);
export const standIns: readonly string[] = changes.map(({ standIn }) => standIn);
/** What the analysis fills, the latest first: they refer to earlier ones. */
export const derivedTables: readonly string[] = changes.toReversed().flatMap(({ derived }) => derived);
