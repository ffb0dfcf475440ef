import { createClient } from '#shared/contract/client.ts';
import type { InventoryState } from '#shared/contract/compare.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { CallContext } from '#shared/contract/methods.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import type { CaseKey } from './encryption/case-key.ts';
import type { SpawnEngine } from './engine/protocol.ts';
import { createSupervisor } from './engine/supervisor.ts';

/** What a comparison takes of a case that is not the open one: opened for reading in processes of its own, which end with the answer. */
export async function readOtherState(
  host: { readonly spawn: SpawnEngine; readonly version: string; readonly onBug: (message: string) => void },
  casePath: string,
  key: CaseKey | undefined,
  { signal }: Pick<CallContext, 'signal'>,
): Promise<InventoryState> {
  const supervisor = createSupervisor(host.spawn, host.version, host.onBug);
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, 'host');
  try {
    await supervisor.open(casePath, { create: false, title: '', readOnly: true, key });
    return await createClient<EngineMethods>(mine).call('inventory.state', {}, { signal });
  } finally {
    await supervisor.close();
    mine.close();
  }
}
