import { createClient } from '#shared/contract/client.ts';
import { AppError } from '#shared/contract/errors.ts';
import { parseMapping } from '#shared/contract/mapping.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { CallContext } from '#shared/contract/methods.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import type { EngineClient, EngineMethods } from '#shared/contract/table.ts';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { importSupervised, type ImportOrder } from '#electron/node/engine/import-supervised.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { compileGivenFormat } from '#shared/engine/importers/access/given-format.ts';
import { importers } from '#shared/engine/importers/index.ts';
import { createSupervisor } from '#electron/node/engine/supervisor.ts';
import { makeTempFolder } from '#electron/node/temp-folder.ts';
import type { Arguments, PathArgument } from './arguments.ts';
import { passphraseOf } from './passphrase-file.ts';
import { engineEntry, packageVersion } from './place.ts';
import { progressTo } from './progress.ts';
import { complain } from './terminal.ts';

/** `read` changes no byte of the case, `write` needs one that is there, `create` makes it where it is not. */
export type CaseMode = 'read' | 'write' | 'create';

/** What holds for a whole import. */
export interface ImportOptions {
  readonly zone: string | undefined;
  readonly replace: boolean;
}

/** An open case and what a command does with it. */
export interface Session {
  readonly engine: EngineClient;
  readonly context: CallContext;
  readonly casePath: string;
  readonly encrypted: boolean;
  importPaths(paths: readonly PathArgument[], options: ImportOptions): Promise<ImportSummary>;
}

/** Says on standard error that a passphrase guards the case, and not what is taken out of it. */
export function warnOfClear({ encrypted }: Session, what: string): void {
  if (encrypted) complain(`The case is encrypted; ${what} is not, and can be read by whoever has the file.`);
}

/** A signal that the first Ctrl-C raises; the second ends the process at once. */
export function interruptSignal(): AbortSignal {
  const abort = new AbortController();
  process.on('SIGINT', () => {
    if (abort.signal.aborted) process.exit(130);
    complain('\nStopping; what was read stays. Ctrl-C again ends at once.');
    abort.abort();
  });
  return abort.signal;
}

/** Standard input in a file of its own: recognition, hashing and a second look need to read it from the front. */
async function spoolStandardInput(folder: string): Promise<string> {
  const path = join(folder, 'standard-input');
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  return path;
}

/** Text of a small file that the command line names. Errors: AppError `unreadable`. */
export function readSmallFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('unreadable', `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {}, { cause });
  }
}

type Settings = NonNullable<ImportOrder['paths'][number]['settings']>;

/** What was said about how to read a path. Errors: AppError `unreadable` or `bad-params` for its mapping file or log format. */
function settingsOf({ logFormat, mapping, headerNames, encoding, year }: PathArgument): Settings | undefined {
  const parsed = mapping === undefined ? undefined : parseMapping(readSmallFile(mapping));
  if (typeof parsed === 'string') throw new AppError('bad-params', `${mapping ?? ''}: ${parsed}`);
  // The header of a W3C log, which begins so, may stand in its place.
  if (logFormat !== undefined && !logFormat.startsWith('#')) compileGivenFormat(logFormat);
  if ([logFormat, parsed, headerNames, encoding, year].every((part) => part === undefined)) return undefined;
  return {
    ...(logFormat === undefined ? {} : { logFormat }),
    ...(parsed === undefined ? {} : { mapping: parsed }),
    ...(headerNames === undefined ? {} : { headerNames }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(year === undefined ? {} : { year }),
  };
}

/** Absolute paths for the engine process; `-` becomes a file in `folder`. */
async function resolvePaths(paths: readonly PathArgument[], folder: string): Promise<ImportOrder['paths']> {
  const resolved: ImportOrder['paths'][number][] = [];
  for (const argument of paths) {
    const { format, zone } = argument;
    if (format !== undefined && !importers.some(({ id }) => id === format))
      throw new AppError('bad-params', `no format is called ${format}; see spoor formats`);
    const settings = settingsOf(argument);
    const where =
      argument.path === '-' ? { path: await spoolStandardInput(folder), name: 'standard-input' } : { path: resolve(argument.path) };
    resolved.push({
      ...where,
      ...(format === undefined ? {} : { format }),
      ...(zone === undefined ? {} : { zone }),
      ...(settings === undefined ? {} : { settings }),
    });
  }
  return resolved;
}

/** How a command opens a case: with the passphrase and as quietly as the command line says, unless told otherwise. */
interface CaseOptions {
  readonly args: Arguments;
  readonly mode: CaseMode;
  readonly quiet?: boolean;
  /** Where it was read already; `undefined` then stands for none. */
  readonly passphrase?: string | undefined;
}

/** Opens a case in its own processes, runs the command, and closes the case whatever happens. */
export async function withCase<T>(casePath: string, options: CaseOptions, run: (session: Session) => Promise<T>): Promise<T> {
  const { args, mode, quiet = args.quiet } = options;
  const passphrase = 'passphrase' in options ? options.passphrase : passphraseOf(args);
  const path = resolve(casePath);
  const supervisor = createSupervisor(childProcessEngines(engineEntry()), packageVersion(), (message) => {
    complain(`spoor: a bug in the engine: ${message}`);
  });
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, 'host');
  const engine = createClient<EngineMethods>(mine);
  const progress = progressTo(process.stderr, quiet);
  const context: CallContext = {
    signal: interruptSignal(),
    progress: (step) => {
      progress.report(step);
    },
  };
  try {
    await supervisor.open(path, {
      create: mode === 'create',
      title: '',
      readOnly: mode === 'read',
      readerWhenAsked: mode !== 'read',
      passphrase,
    });
    return await run({
      engine,
      context,
      casePath: path,
      encrypted: supervisor.caseKey() !== undefined,
      async importPaths(paths, { zone, replace }) {
        const spool = makeTempFolder();
        try {
          const order = { paths: await resolvePaths(paths, spool), replace, ...(zone === undefined ? {} : { zone }) };
          const summary = await importSupervised(engine, supervisor, order, context);
          return { ...summary, case: basename(path) };
        } finally {
          rmSync(spool, { recursive: true, force: true });
        }
      },
    });
  } finally {
    progress.done();
    await supervisor.close();
    mine.close();
  }
}
