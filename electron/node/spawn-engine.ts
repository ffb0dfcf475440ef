import { fork } from 'node:child_process';
import type { FromEngine, SpawnEngine } from './engine-protocol.ts';

/** Ceiling of the JavaScript heap of an engine process; a hostile file hits it instead of the machine. Units: MiB. */
const HEAP_LIMIT = 4096;

/** Starts engine processes as children of this one, from the built or plain entry file. */
export const childProcessEngines =
  (entry: string): SpawnEngine =>
  (role) => {
    const child = fork(entry, [role], { execArgv: [`--max-old-space-size=${String(HEAP_LIMIT)}`], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
    let told = false;
    return {
      send: (message) => {
        if (child.connected) child.send(message);
      },
      onMessage: (listener) => {
        child.on('message', (message) => {
          listener(message as FromEngine);
        });
      },
      onExit: (listener) => {
        const once = (why: string): void => {
          if (told) return;
          told = true;
          listener(why);
        };
        child.on('exit', (code, signal) => {
          once(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
        });
        child.on('error', (error) => {
          once(error.message);
        });
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
