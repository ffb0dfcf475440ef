import { runEngine, type EngineLine } from '#electron/node/engine/host.ts';
import type { FromEngine, ToEngine } from '#electron/node/engine/protocol.ts';

/** The part of Electron's `process.parentPort` that we use; there is none in a plain child process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: FromEngine): void;
}

const parentPort = (process as { readonly parentPort?: ParentPort }).parentPort;

/** The line to whoever started this process: a utility process of Electron, or a child process of Node. */
const line: EngineLine =
  parentPort === undefined
    ? {
        onMessage: (listener) =>
          process.on('message', (message) => {
            listener(message as ToEngine);
          }),
        send: (message) => process.send?.(message),
        exit: () => process.exit(0),
      }
    : {
        onMessage: (listener) => {
          parentPort.on('message', (event) => {
            listener(event.data as ToEngine);
          });
        },
        send: (message) => {
          parentPort.postMessage(message);
        },
        exit: () => process.exit(0),
      };

// A case holds what a whole company's logs say; nobody else on the machine needs to read it.
process.umask(0o077);
// A parent that is gone leaves nobody to answer to; SQLite's journal takes care of what was being written.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the supervisor decides what it means.
process.on('SIGINT', () => undefined);
runEngine(line);
