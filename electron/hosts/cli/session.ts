import { createClient } from '#shared/contract/client.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { CallContext } from '#shared/contract/methods.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import type { EngineClient, EngineMethods } from '#shared/contract/table.ts';
import type { ExpandRequest } from '#shared/engine/ports.ts';
import { basename, resolve } from 'node:path';
import { importSupervised } from '#electron/node/import-supervised.ts';
import { childProcessEngines } from '#electron/node/spawn-engine.ts';
import { createSupervisor } from '#electron/node/supervisor.ts';
import { engineEntry, packageVersion } from './place.ts';
import { progressTo } from './progress.ts';

/** An open case and what a command does with it. */
export interface Session {
  readonly engine: EngineClient;
  readonly context: CallContext;
  readonly casePath: string;
  importPaths(paths: readonly ExpandRequest[], zone: string | undefined): Promise<ImportSummary>;
}

/** A signal that the first Ctrl-C raises; the second ends the process at once. */
export function interruptSignal(): AbortSignal {
  const abort = new AbortController();
  process.on('SIGINT', () => {
    if (abort.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping; what was read stays. Ctrl-C again ends at once.\n');
    abort.abort();
  });
  return abort.signal;
}

/** Opens a case in its own processes, runs the command, and closes the case whatever happens. */
export async function withCase<T>(casePath: string, options: { readonly create: boolean; readonly quiet: boolean }, run: (session: Session) => Promise<T>): Promise<T> {
  const path = resolve(casePath);
  const supervisor = createSupervisor(childProcessEngines(engineEntry()), packageVersion(), (message) => {
    process.stderr.write(`spoor: a bug in the engine: ${message}\n`);
  });
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, 'host');
  const engine = createClient<EngineMethods>(mine);
  const progress = progressTo(process.stderr, options.quiet);
  const context: CallContext = {
    signal: interruptSignal(),
    progress: (step) => {
      progress.report(step);
    },
  };
  try {
    await supervisor.open(path, { create: options.create, title: '' });
    return await run({
      engine,
      context,
      casePath: path,
      async importPaths(paths, zone) {
        const summary = await importSupervised(engine, supervisor, { paths: paths.map((request) => ({ ...request, path: request.path === '-' ? '-' : resolve(request.path) })), zone }, context);
        return { ...summary, case: basename(path) };
      },
    });
  } finally {
    progress.done();
    await supervisor.close();
    mine.close();
  }
}
