import { fork } from 'node:child_process';
import type { FromEngine, SpawnEngine } from './protocol.ts';

/** Ceiling of the JavaScript heap of an engine process; a hostile file hits it instead of the machine, and Electron's pointer compression allows no more. Units: MiB. */
export const HEAP_LIMIT = 4096;

/** Starts engine processes as children of this one, from the built or plain entry file. */
export const childProcessEngines =
  (entry: string): SpawnEngine =>
  (role) => {
    const child = fork(entry, [role], {
      execArgv: [`--max-old-space-size=${String(HEAP_LIMIT)}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const listeners: ((why: string) => void)[] = [];
    let ended: string | undefined;
    const tell = (why: string): void => {
      ended ??= why;
      for (const listener of listeners.splice(0)) listener(why);
    };
    child.on('exit', (code, signal) => {
      tell(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
    });
    child.on('error', (error) => {
      tell(error.message);
    });
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
        if (ended === undefined) listeners.push(listener);
        else listener(ended);
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
