import { isInNetwork, parseNetwork, type Network } from '../../query/network.ts';
import type { SqlDriver } from './driver.ts';

/** Networks kept parsed; a query names few. */
const KEPT_NETWORKS = 64;

/** Defines what compiled queries call and SQLite does not have: `in_network(address, network)`. Once per connection. */
export function defineQueryFunctions(db: SqlDriver): void {
  const networks = new Map<string, Network | undefined>();
  db.define('in_network', (address, network) => {
    if (typeof address !== 'string' || typeof network !== 'string') return null;
    if (!networks.has(network)) {
      if (networks.size >= KEPT_NETWORKS) networks.clear();
      networks.set(network, parseNetwork(network));
    }
    const parsed = networks.get(network);
    return parsed !== undefined && isInNetwork(address, parsed) ? 1 : 0;
  });
}
