import { renameSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createClient } from '#shared/contract/client.ts';
import { AppError } from '#shared/contract/errors.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { CallContext, InputOf } from '#shared/contract/methods.ts';
import type { IntakeReview } from '#shared/contract/intake-review.ts';
import { serve } from '#shared/contract/serve.ts';
import {
  hostMethods,
  type EngineClient,
  type EngineMethods,
  type Exported,
  type HostHandlers,
  type HostMethods,
  type Imported,
  type RecentCase,
} from '#shared/contract/table.ts';
import type { TaskbarProgress } from '#shared/contract/taskbar.ts';
import { compareStates } from '#shared/engine/comparison/compare-states.ts';
import type { Transport } from '#shared/contract/wire.ts';
import { caseKeyFor, isEncrypted, newCaseKey, type CaseKey } from './encryption/case-key.ts';
import type { SpawnEngine } from './engine/protocol.ts';
import { bytesOf, openCaseFolder, toFileName } from './home.ts';
import { writeCheckedPdf } from './pdf/checked-pdf.ts';
import { filesAtHand } from './at-hand.ts';
import { importSupervised, type ImportOrder } from './engine/import-supervised.ts';
import { sha256OfFile } from './file-hash.ts';
import { readOtherState } from './other-case.ts';
import { withScratchEngine } from './engine/scratch-engine.ts';
import { createSpool, type Spool } from './serve/spool.ts';
import { changePassphrase, tryKey } from './encryption/passphrase-change.ts';
import { openAsFarAsPossible } from './open-read-only.ts';
import { createSupervisor, type Supervisor } from './engine/supervisor.ts';

/** What one way of running the workbench can do beside the rest. */
export interface Shell {
  readonly kind: 'electron' | 'browser';
  /** Why this is not Electron. */
  readonly why: string | undefined;
  /** Asks for files; absent where the page asks by itself. */
  readonly pickFiles?: () => Promise<readonly string[]>;
  /** Asks where to save; `undefined` when the analyst thought better of it. Absent where the browser saves. */
  readonly askWhereToSave?: (name: string) => Promise<string | undefined>;
  readonly canPrintPdf: () => boolean;
  /** Shows how far the window's background work is beside the app's icon; absent where there is none. */
  readonly showProgress?: (progress: TaskbarProgress) => void;
  /** Prints an HTML file of ours to a PDF file. */
  readonly printPdf: (htmlPath: string, pdfPath: string) => Promise<void>;
}

export interface WorkbenchOptions {
  readonly home: string;
  readonly version: string;
  readonly spawn: SpawnEngine;
  readonly shell: Shell;
  /** The bundle behind "Open the sample case". */
  readonly samplePath: string;
  readonly onBug: (message: string) => void;
}

/** One window's worth of Spoor: a case at a time, its processes, its files. */
export interface Workbench {
  readonly spool: Spool;
  connect(transport: Transport): void;
  /** Opens a case file, or imports evidence into a new case; what `npm start -- PATH…` names. Without its passphrase an encrypted case waits for one. */
  readonly openPaths: (paths: readonly string[], context: CallContext, passphrase?: string) => Promise<void>;
  /** Whether a case that `openPaths` named waits for its passphrase. */
  readonly isWaiting: () => boolean;
  /** Opens a case file, or hands evidence to the window, which reviews it before anything is written. */
  readonly offerPaths: (paths: readonly string[], context: CallContext) => Promise<void>;
  close(): Promise<void>;
}

/** What is known of a case only once it is open. */
type Opened = Partial<Pick<RecentCase, 'title' | 'readOnly' | 'encrypted'>>;

const HTML_TYPE = 'text/html; charset=utf-8';
/** What a browser is told about a file, by the end of its name. All of them are saved, but the page of the preview. */
const TYPES: Readonly<Record<string, string>> = {
  html: HTML_TYPE,
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
  ndjson: 'application/x-ndjson; charset=utf-8',
};
const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
const SAMPLE_ID = 'sample-case.spoor';
const SAMPLE_TITLE = 'Sample case: Acme Outfitters';

/** Makes a workbench. Nothing runs until a case is opened. */
export function createWorkbench(options: WorkbenchOptions): Workbench {
  const folder = openCaseFolder(options.home);
  const spool = createSpool(folder.spool);
  const supervisor: Supervisor = createSupervisor(options.spawn, options.version, options.onBug);
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, 'host');
  const engine: EngineClient = createClient<EngineMethods>(mine);
  let current: RecentCase | undefined;
  /** A case that was named outside of the window and wants its passphrase. Units: a path. */
  let waiting: string | undefined;
  /** Keys of encrypted cases that the open one is compared with, by id. */
  const others = new Map<string, CaseKey>();
  /** Keeps the list of cases up to date with what the analyst says of the open one. */
  engine.onEvent((event) => {
    if (event.event !== 'review' || current === undefined || current.encrypted === true) return;
    const { id } = current;
    engine.call('case.outcome', {}).then(
      ({ outcome }) => {
        folder.rememberOutcome(id, outcome);
      },
      () => undefined, // closed meanwhile: it is asked again when the case is next opened
    );
  });
  const atHand = filesAtHand(({ path, name }) => name ?? basename(path));

  const get = (id: string): RecentCase => {
    const found = folder.find(id);
    if (found === undefined) throw new AppError('not-found', `no case ${id} on this machine`);
    return found;
  };
  /** Opens a case file in place of the open one. `make`: the title of a case that is not there yet. */
  const openFile = async (path: string, key: CaseKey | undefined, make?: string): Promise<Opened> => {
    // A wrong passphrase must not cost the case that is open.
    if (current !== undefined && key !== undefined && make === undefined) await tryKey(options, path, key);
    [current, waiting] = [undefined, undefined];
    others.clear();
    const readOnly = await openAsFarAsPossible(supervisor, path, { create: make !== undefined, title: make ?? '', key });
    const { title } = await engine.call('case.info', {});
    return { ...readOnly, ...(title === '' ? {} : { title }), ...(key === undefined ? {} : { encrypted: true }) };
  };
  const open = async (id: string, key: CaseKey | undefined, make?: string): Promise<RecentCase> => {
    const opened = await openFile(folder.pathOf(id), key, make);
    // Of an encrypted case only the name of its file is known outside of it.
    folder.remember(id, key === undefined ? opened.title : undefined);
    folder.rememberOutcome(id, key === undefined ? (await engine.call('case.outcome', {})).outcome : undefined);
    current = { ...get(id), ...opened };
    supervisor.push({ event: 'case-opened', caseId: id });
    return current;
  };
  /** The same for a case file that lies elsewhere. */
  const openElsewhere = async (path: string, key: CaseKey | undefined): Promise<RecentCase> => {
    const opened = await openFile(path, key);
    const name = basename(path);
    current = { id: name, title: name, file: name, bytes: bytesOf(path), modified: statSync(path).mtime.toISOString(), ...opened };
    supervisor.push({ event: 'case-opened', caseId: name });
    return current;
  };
  const newCase = async (title: string, passphrase?: string): Promise<RecentCase> =>
    open(folder.newId(title), passphrase === undefined ? undefined : await newCaseKey(passphrase), title);

  const importAndAnalyze = async (
    order: ImportOrder,
    context: CallContext,
    { title, passphrase }: { readonly title?: string | undefined; readonly passphrase?: string | undefined } = {},
  ): Promise<Imported> => {
    const first = order.paths[0];
    if (first === undefined) throw new AppError('bad-params', 'no files were given');
    if (current?.readOnly !== undefined) throw new AppError('read-only', `${current.title} is open for reading only`);
    const named = title === undefined || title.trim() === '' ? titleFor(first.name ?? first.path) : title.trim();
    current ??= await newCase(named, passphrase);
    atHand.remember(current.id, order.paths);
    const summary = await importSupervised(engine, supervisor, order, context);
    await engine.call('case.analyze', {}, { signal: context.signal, onProgress: context.progress });
    return { case: current, summary };
  };

  /** Files of the open case that are at hand, for the formats that tell whether their bytes are still the same. */
  const filesToRecheck = (format: string): { readonly evidence?: { readonly path: string; readonly name?: string }[] } => {
    const known = current === undefined || (format !== 'pdf' && format !== 'html') ? undefined : atHand.all(current.id);
    return known === undefined ? {} : { evidence: known.map(({ path, name }) => ({ path, ...(name === undefined ? {} : { name }) })) };
  };

  const writeReport = async (order: InputOf<HostMethods['host.export']>, path: string, context: CallContext): Promise<void> => {
    const { format, profile = 'internal', query } = order;
    const choices = { profile, ...filesToRecheck(format), ...(query === undefined ? {} : { query }) };
    if (format !== 'pdf') {
      // One file is handed over, whatever the analyst called it.
      await engine.call('report.write', { format, path, zipped: true, ...choices }, { signal: context.signal });
      return;
    }
    const html = spool.newPath('html');
    await engine.call('report.write', { format: 'html', path: html, ...choices }, { signal: context.signal });
    await writeCheckedPdf(engine, options.shell.printPdf, { html, pdf: path, profile, signal: context.signal });
  };

  /** Writes a file where the analyst wants it, or into the spool for the browser to save. */
  const handOver = async (name: string, write: (path: string) => Promise<void>): Promise<Exported> => {
    if (options.shell.askWhereToSave !== undefined) {
      const path = await options.shell.askWhereToSave(name);
      if (path === undefined) return { kind: 'cancelled' };
      await write(path);
      return { kind: 'saved', name: basename(path), ...(await sha256OfFile(path)) };
    }
    const path = spool.newPath(name.slice(name.lastIndexOf('.') + 1));
    await write(path);
    const url = spool.publish({ path, name, type: typeOf(name), disposition: 'attachment' });
    return { kind: 'download', name, url, ...(await sha256OfFile(path)) };
  };

  const granted = (id: string): { readonly path: string; readonly name: string } => {
    const found = spool.granted(id);
    if (found === undefined) throw new AppError('not-found', 'a file that was not given to this window');
    return { path: found.path, name: found.name };
  };

  /** Where a source of the open case lies, or what a window was given. */
  const pathsOf = (
    source: string | undefined,
    files: readonly string[] | undefined,
  ): readonly { readonly path: string; readonly name?: string }[] => {
    if (files !== undefined) return files.map(granted);
    if (current === undefined || source === undefined) throw new AppError('not-found', 'no case is open');
    const known = atHand.find(current.id, source);
    if (known === undefined) throw new AppError('unavailable', `${source} was imported before this window opened; choose its file again`);
    return known.map(({ path, name }) => ({ path, ...(name === undefined ? {} : { name }) }));
  };

  const handlers: HostHandlers = {
    'host.info': () => ({
      shell: options.shell.kind,
      version: options.version,
      ...(options.shell.why === undefined ? {} : { why: options.shell.why }),
      pdf: options.shell.canPrintPdf(),
      platform: process.platform,
    }),
    'host.showProgress': (progress) => {
      options.shell.showProgress?.(progress);
      return null;
    },
    // Read when it is asked for: its lists name every part of the engine.
    'host.limits': async () => (await import('./limits.ts')).hostLimits,
    'host.cases': () => folder.list(),
    'host.current': () => ({
      ...(current === undefined ? {} : { case: current }),
      ...(waiting === undefined ? {} : { waiting: basename(waiting) }),
    }),
    'host.newCase': ({ title, passphrase }) => newCase(title, passphrase),
    'host.openCase': async ({ id, passphrase }) => open(get(id).id, await caseKeyFor(folder.pathOf(id), passphrase)),
    'host.openWaiting': async ({ passphrase }) => {
      if (waiting === undefined) throw new AppError('not-found', 'no case waits for its passphrase');
      return openElsewhere(waiting, await caseKeyFor(waiting, passphrase));
    },
    'host.unlock': async ({ id, passphrase }) => {
      const key = await caseKeyFor(folder.pathOf(get(id).id), passphrase);
      if (key !== undefined) others.set(id, key);
      return { unlocked: id };
    },
    'host.setPassphrase': async (order, { signal }) => {
      const path = supervisor.casePath();
      if (path === undefined || current === undefined) throw new AppError('not-found', 'no case is open');
      const { id, readOnly } = current;
      if (readOnly !== undefined) throw new AppError('read-only', `${current.title} is open for reading only`);
      const isOurs = path === folder.pathOf(id);
      return changePassphrase(options, supervisor, order, signal, (key) => {
        current = undefined;
        return isOurs ? open(id, key) : openElsewhere(path, key);
      });
    },
    'host.openSample': async (_params, context) => {
      const existing = folder.find(SAMPLE_ID);
      if (existing !== undefined) {
        const opened = await open(SAMPLE_ID, await caseKeyFor(folder.pathOf(SAMPLE_ID), undefined));
        if ((await engine.call('case.info', {})).analyzed) return opened;
        // One that was cut short is made anew: to import it again beside its half would count calls twice.
        await supervisor.close();
        for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(folder.pathOf(SAMPLE_ID) + ending, { force: true });
      }
      await open(SAMPLE_ID, undefined, SAMPLE_TITLE);
      return (await importAndAnalyze({ paths: [{ path: options.samplePath }] }, context)).case;
    },
    'host.copyCase': async (_params, context) => {
      if (current === undefined) throw new AppError('not-found', 'no case is open');
      const { title } = current;
      const key = supervisor.caseKey();
      const id = folder.newId(title);
      const partial = `${folder.pathOf(id)}.partial`;
      try {
        await engine.call('case.copy', { path: partial }, { signal: context.signal });
        renameSync(partial, folder.pathOf(id));
      } finally {
        rmSync(partial, { force: true });
      }
      return open(id, key);
    },
    'host.closeCase': async () => {
      const was = current !== undefined;
      current = undefined;
      others.clear();
      await supervisor.close();
      return { closed: was };
    },
    'host.pickFiles': async () => {
      if (options.shell.pickFiles === undefined) throw new AppError('unavailable', 'the page picks files by itself here');
      return (await options.shell.pickFiles()).map((path) => spool.grant(path, basename(path)));
    },
    'host.import': ({ files, how, title, passphrase, ...order }, context) =>
      importAndAnalyze({ paths: files.map((id) => ({ ...granted(id), ...how?.[id] })), ...order }, context, { title, passphrase }),
    'host.review': async ({ files, limits }, { signal, progress }) => {
      const paths = files.map(granted);
      const order = { paths, ...(limits === undefined ? {} : { limits }) };
      const ask = (asked: EngineClient): Promise<IntakeReview> => asked.call('evidence.review', order, { signal, onProgress: progress });
      if (current !== undefined) return ask(engine);
      return { ...(await withScratchEngine(options, ask)), newTitle: titleFor(paths[0]?.name ?? '') };
    },
    'host.release': ({ files }) => ({ released: files.filter((id) => spool.release(id)).length }),
    'host.reread': ({ source, files, ...choice }, context) =>
      importAndAnalyze({ paths: pathsOf(source, files).map((path) => ({ ...path, ...choice })), reread: [source] }, context),
    'host.inspect': ({ source, files, ...choice }, context) => {
      const paths = pathsOf(source, files).map((path) => ({ ...path, ...choice }));
      return engine.call('evidence.inspect', { paths, ...(source === undefined ? {} : { source }) }, { signal: context.signal });
    },
    'host.export': async (order, context) => {
      const { format, profile = 'internal' } = order;
      const known = format === 'pdf' ? { ending: 'pdf' } : (await engine.call('report.formats', {})).find((each) => each.format === format);
      if (known === undefined) throw new AppError('bad-params', `no export is called ${format}`);
      // What an ending does not name is a report: `acme-revocation.zip`, `acme-report-board.json`.
      const ending = known.ending.includes('.') ? known.ending : `report.${known.ending}`;
      const audience = profile === 'internal' ? '' : `-${profile}`;
      const name = `${toFileName(current?.title ?? 'case')}-${ending.replace('.', `${audience}.`)}`;
      return handOver(name, (path) => writeReport(order, path, context));
    },
    'host.exportIssues': (filter, context) =>
      handOver(`${toFileName(current?.title ?? 'case')}-issues.ndjson`, async (path) => {
        await engine.call('issues.write', { ...filter, path }, { signal: context.signal });
      }),
    'host.compareCase': async ({ id }, context) => {
      if (current === undefined) throw new AppError('not-found', 'no case is open');
      if (get(id).id === current.id) throw new AppError('bad-params', 'a case is compared with another one');
      const path = folder.pathOf(id);
      const before = await readOtherState(options, path, others.get(id) ?? (await caseKeyFor(path, undefined)), context);
      return compareStates(before, await engine.call('inventory.state', {}, { signal: context.signal }));
    },
    'host.preview': async ({ profile }, context) => {
      const path = spool.newPath('html');
      // A preview is made at each change: it reads no evidence again.
      await engine.call('report.write', { format: 'html', path, profile: profile ?? 'internal' }, { signal: context.signal });
      return { url: spool.publish({ path, name: 'report.html', type: HTML_TYPE, disposition: 'inline' }) };
    },
  };

  const openPaths: Workbench['openPaths'] = async (paths, context, passphrase) => {
    const [only] = paths;
    if (paths.length === 1 && only?.endsWith('.spoor') === true) {
      if (passphrase === undefined && isEncrypted(only)) {
        waiting = only;
        supervisor.push({ event: 'case-waiting', file: basename(only) });
      } else await openElsewhere(only, await caseKeyFor(only, passphrase));
      return;
    }
    await importAndAnalyze({ paths: paths.map((path) => ({ path })) }, context, { passphrase });
  };

  return {
    spool,
    connect(transport) {
      supervisor.connect(transport, 'window', (hostSide) => {
        serve(hostSide, hostMethods, handlers, {
          engine: options.version,
          onBug: (error) => {
            options.onBug(error.message);
          },
        });
      });
    },
    openPaths,
    isWaiting: () => waiting !== undefined,
    async offerPaths(paths, context) {
      const [first] = paths;
      if (first === undefined) return;
      if (paths.length === 1 && first.endsWith('.spoor')) await openPaths(paths, context);
      else supervisor.push({ event: 'evidence-offered', files: paths.map((path) => spool.grant(path, basename(path))) });
    },
    async close() {
      await supervisor.close();
      mine.close();
      spool.empty();
    },
  };
}

/** A title for a case made by dropping a file: its name without folders and endings. */
function titleFor(name: string): string {
  const base = basename(name).replace(/\.(zip|tar|gz|tgz|zst|har|zhar|jsonl?|ndjson|log|ya?ml)$/gi, '');
  return base === '' ? 'New case' : base;
}
