import type { EnginePorts } from '#shared/engine/ports.ts';
import { openSecondAsker } from './asker-thread.ts';
import { nodeCodec, nodeCrypto } from './crypto.ts';
import { nodeEvidence } from './evidence.ts';
import { openInFolder, openOutput } from './output-file.ts';
import { openScratch } from './scratch.ts';
import { readerThreads } from './reader-threads.ts';
import { openZip } from './zip-output.ts';

/** What Node gives the engine. */
export const nodePorts = (version: string): EnginePorts => ({
  crypto: nodeCrypto,
  codec: nodeCodec,
  evidence: nodeEvidence,
  readers: readerThreads(),
  openSecondAsker,
  openOutput,
  openInFolder,
  openZip,
  openScratch,
  version,
  now: () => new Date().toISOString(),
  clock: () => performance.now(),
  yieldToEvents: () => new Promise((resolve) => setImmediate(resolve)),
});
