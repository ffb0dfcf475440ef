import { createClient } from '#shared/contract/client.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { EngineClient, EngineMethods } from '#shared/contract/table.ts';
import type { SpawnEngine } from './protocol.ts';
import { IN_MEMORY } from '../sqlite.ts';
import { createSupervisor } from './supervisor.ts';

/**
 * Runs work in an engine over a case that is nowhere on disk: evidence is looked at before there is a case, in a process that a hostile
 * file may end. It ends with the answer.
 */
export async function withScratchEngine<T>(
  host: { readonly spawn: SpawnEngine; readonly version: string; readonly onBug: (message: string) => void },
  work: (engine: EngineClient) => Promise<T>,
): Promise<T> {
  const supervisor = createSupervisor(host.spawn, host.version, host.onBug);
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, 'host');
  try {
    await supervisor.open(IN_MEMORY, { create: true, title: '', readerWhenAsked: true });
    return await work(createClient<EngineMethods>(mine));
  } finally {
    await supervisor.close();
    mine.close();
  }
}
