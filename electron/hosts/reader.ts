import { parentPort, workerData } from 'node:worker_threads';
import { nodeCodec, nodeCrypto } from '#electron/node/crypto.ts';
import type { IntakeKeys, ToReader } from '#shared/engine/reading/protocol.ts';
import { serveReader } from '#shared/engine/reading/serve-reader.ts';

/** A thread of an engine process that reads evidence. */
if (parentPort === null) throw new Error('a reader runs in a thread of an engine process');
const port = parentPort;

serveReader(
  {
    post(message, moved) {
      port.postMessage(message, moved as ArrayBuffer[]); // the engine's type library has no transferables
    },
    onMessage(listener) {
      port.on('message', (message: ToReader) => {
        listener(message);
      });
    },
  },
  workerData as IntakeKeys, // from `readerThreads`
  { crypto: nodeCrypto, codec: nodeCodec },
);
