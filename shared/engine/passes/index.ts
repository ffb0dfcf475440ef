import { topoSort } from '../../lib/topo-sort.ts';
import { attributionPass } from './attribution.ts';
import { baselinePass } from './baseline.ts';
import { chainsPass } from './chains.ts';
import { credentialsPass } from './credentials.ts';
import { endpointsPass } from './endpoints.ts';
import { flowsPass } from './flows.ts';
import { inventoryPass } from './inventory.ts';
import { machinesPass } from './machines.ts';
import type { Pass } from './pass.ts';
import { principalsPass } from './principals.ts';
import { reachPass } from './reach.ts';
import { revocationsPass } from './revocations.ts';
import { signalsPass } from './signals.ts';

/** All passes in an order that respects what each needs. */
export const passes: readonly Pass[] = topoSort([
  principalsPass,
  endpointsPass,
  chainsPass,
  attributionPass,
  baselinePass,
  signalsPass,
  inventoryPass,
  credentialsPass,
  reachPass,
  revocationsPass,
  machinesPass,
  flowsPass,
]);
