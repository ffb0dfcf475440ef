import { fork } from 'node:child_process';
import type { EngineRole, FromEngine, SpawnEngine } from './protocol.ts';

/** Ceiling of the JavaScript heap of an engine process; a hostile file hits it instead of the machine, and Electron's pointer compression allows no more. Units: MiB. */
export const HEAP_LIMIT = 4096;

/**
 * Ceiling of half of the young heap of the process that answers screens, as older V8 had it. Today's grows to 64 MiB and keeps that: after an hour of
 * questions in a case of 1,000,000 calls 134 MB of 499 were empty young heap. The writer keeps it, its imports fill it. Units: MiB.
 */
const QUERY_YOUNG_HEAP = 16;

/** What V8 is told of its heap in an engine process. */
export const heapFlags = (role: EngineRole): string[] => [
  `--max-old-space-size=${String(HEAP_LIMIT)}`,
  ...(role === 'query' ? [`--max-semi-space-size=${String(QUERY_YOUNG_HEAP)}`] : []),
];

/** Starts engine processes as children of this one, from the built or plain entry file. */
export const childProcessEngines =
  (entry: string): SpawnEngine =>
  (role) => {
    const child = fork(entry, [role], {
      execArgv: heapFlags(role),
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
