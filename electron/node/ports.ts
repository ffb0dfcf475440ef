import type { EnginePorts } from '#shared/engine/ports.ts';
import type { CaseKey } from './encryption/case-key.ts';
import { nodeCodec, nodeCrypto } from './crypto.ts';
import { nodeEvidence } from './evidence/evidence.ts';
import { openInFolder, openOutput } from './output-file.ts';
import { openScratch } from './scratch.ts';
import { readerThreads } from './engine/reader-threads.ts';
import { openZip } from './zip-output.ts';

/** What Node gives the engine. `key`: of its case, for what else opens that or holds a part of it. */
export const nodePorts = (version: string, key?: CaseKey): EnginePorts => ({
  crypto: nodeCrypto,
  codec: nodeCodec,
  evidence: nodeEvidence,
  readers: readerThreads(),
  openOutput,
  openInFolder,
  openZip,
  openScratch: () => openScratch(key),
  version,
  now: () => new Date().toISOString(),
  clock: () => performance.now(),
  yieldToEvents: () => new Promise((resolve) => setImmediate(resolve)),
});
