import type { FromEngine, SpawnEngine } from '#electron/node/engine/protocol.ts';
import { heapFlags } from '#electron/node/engine/spawn-engine.ts';
import { utilityProcess } from 'electron';

/** Starts engine processes as utility processes of this app, from the built entry file. */
export const utilityProcessEngines =
  (entry: string): SpawnEngine =>
  (role) => {
    const child = utilityProcess.fork(entry, [role], {
      execArgv: heapFlags(role),
      stdio: ['ignore', 'inherit', 'inherit'],
      serviceName: `spoor ${role}`,
    });
    let ended: string | undefined;
    child.once('exit', (code) => {
      ended = `it ended with code ${String(code)}`;
    });
    return {
      send: (message) => {
        child.postMessage(message);
      },
      onMessage: (listener) => {
        child.on('message', (message: unknown) => {
          listener(message as FromEngine);
        });
      },
      onExit: (listener) => {
        if (ended !== undefined) listener(ended);
        else
          child.once('exit', (code) => {
            listener(`it ended with code ${String(code)}`);
          });
      },
      kill: () => {
        child.kill();
      },
    };
  };
