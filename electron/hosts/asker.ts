import { parentPort, workerData } from 'node:worker_threads';
import type { AskedCase } from '#electron/node/engine/asker-thread.ts';
import { nodeCodec } from '#electron/node/crypto.ts';
import { openForAsking } from '#electron/node/sqlite.ts';
import { serveAsker } from '#shared/engine/detectors/asking/serve-asker.ts';
import type { ToAsker } from '#shared/engine/detectors/asking/second-asker.ts';

/** A thread of an engine process that asks detectors of a large case. */
if (parentPort === null) throw new Error('an asker runs in a thread of an engine process');
const port = parentPort;

const { casePath, key } = workerData as AskedCase; // from `openSecondAsker`

serveAsker(openForAsking(casePath, key), nodeCodec, {
  post: (outcome) => {
    port.postMessage(outcome);
  },
  onMessage: (listener) => {
    port.on('message', (message: ToAsker) => {
      listener(message);
    });
  },
});
