import { AppError } from '../../contract/errors.ts';
import type { Profile } from '../../contract/profile.ts';
import { once } from '../../lib/once.ts';
import type { Paper } from '../../model/cover.ts';
import type { Recheck } from '../../model/recheck.ts';
import { breather } from '../breathe.ts';
import { detectors } from '../detectors/index.ts';
import { importers } from '../importers/index.ts';
import { withoutAnyFingerprint, withoutFingerprints } from '../intake/masking/token.ts';
import type { CallSource, ExportFormat, ExportSource } from '../report/exports/export-format.ts';
import { writeHar } from '../report/exports/formats/har.ts';
import { exportFormats } from '../report/exports/index.ts';
import { knownSecrets } from '../report/exports/scan/known-secrets.ts';
import {
  createLeakFinder,
  FINGERPRINT_LEAK,
  KNOWN_LEAK,
  type LeakFinder,
  NAME_LEAK,
  type Redacted,
} from '../report/exports/scan/leak-finder.ts';
import { withoutOwnWords } from '../report/exports/scan/own-words.ts';
import { searchPrinted } from '../report/exports/scan/printed-text.ts';
import { selectedCalls } from '../report/exports/selected-calls.ts';
import type { ScannedOutput } from '../report/exports/scan/scanned-output.ts';
import { writeExport, writeScanned } from '../report/exports/write-export.ts';
import { recheckSources } from '../reading/recheck-sources.ts';
import { profiledPrinting } from '../report/profile/profiled-printing.ts';
import { profiledView } from '../report/profile/profiled-view.ts';
import { internalProfile, type Pseudonymiser } from '../report/profile/pseudonymiser.ts';
import { withMasks } from '../report/profile/with-masks.ts';
import { writeCallsCsv } from '../report/write-calls-csv.ts';
import { copyCase } from '../store/copy.ts';
import { everyCall } from '../store/read/calls/calls.ts';
import { iterateIssues } from '../store/read/sources.ts';
import type { EngineContext, Some } from './context.ts';
import { filterOf } from './filter.ts';
import { pseudonymiserOf } from './profile.ts';
import { printingOf, wholeView } from './report.ts';

const lineFormats: ReadonlySet<string> = new Set(importers.filter(({ records }) => records === 'lines').map(({ id }) => id));

/** What a name for the export ends in: of several files the window makes a zip. */
const endingOf = (format: ExportFormat): string => (format.kind === 'file' ? format.ending : `${format.id}.zip`);

function getFormat(id: string): ExportFormat {
  const format = exportFormats.find((each) => each.id === id);
  if (format === undefined) throw new AppError('bad-params', `no export is called ${id}`);
  return format;
}

/** What lists of calls are written from. */
function callSource({ db, ports }: EngineContext, signal: AbortSignal, query: string | undefined, hide: Pseudonymiser): CallSource {
  return {
    db,
    crypto: ports.crypto,
    codec: ports.codec,
    version: ports.version,
    selection: query === undefined ? everyCall : filterOf(query),
    lineFormats,
    hide,
    breathe: breather(ports, signal),
  };
}

/** The case as an export sees it. What no format asks for is not made: lists of calls need no report. */
function exportSource(
  context: EngineContext,
  calls: CallSource,
  { paper, recheck }: { readonly paper?: Paper | undefined; readonly recheck?: ReadonlyMap<string, Recheck> | undefined },
): ExportSource {
  const whole = once(() => wholeView(context));
  const view = once(() => profiledView(whole(), calls.hide));
  const printing = once(() => profiledPrinting(printingOf(context, calls.hide.profile, whole(), { paper, recheck }), calls.hide));
  return {
    ...calls,
    get view() {
      return view();
    },
    get printing() {
      return printing();
    },
    detectors,
    openScratch: context.ports.openScratch,
  };
}

const leakOf = (thrown: unknown): unknown => (thrown instanceof AppError && thrown.code === 'leak' ? thrown.details['what'] : undefined);

/** An export with what searches it. */
interface Attempt {
  readonly hide: Pseudonymiser;
  /** What is searched for, beside secrets. */
  readonly redacted: Redacted;
  /** Leaks that texts were already masked for. */
  readonly masked: ReadonlySet<unknown>;
}

/** What another attempt may do about a leak that one before it met. */
interface Remedies {
  /** What is written is made anew from the values of the case, so that masks can stand in them; what is already printed cannot be mended. */
  readonly canMask: boolean;
  readonly withoutOwn?: (hide: Pseudonymiser) => Promise<Redacted>;
}

/** What takes a leak out of the texts of an export; `undefined` for one that no mask mends. */
function maskFor(leak: unknown, { db, ports }: EngineContext): ((text: string) => string) | undefined {
  if (leak === KNOWN_LEAK) return knownSecrets(db, ports.crypto).masked;
  return leak === FINGERPRINT_LEAK ? withoutAnyFingerprint : undefined;
}

/**
 * Runs what is searched for leaks. Where a credential of the case stands in the open, in a place that did not give it away, or a mask in the name of
 * a caller or an operation, it runs once more with every text masked; where a name was found, once more without the names that are words of ours anyway.
 * Errors: AppError `leak` when that does not help.
 */
async function searched<T>(
  context: EngineContext,
  hide: Pseudonymiser,
  run: (hide: Pseudonymiser, find: LeakFinder) => Promise<T> | T,
  { canMask, withoutOwn }: Remedies,
): Promise<T> {
  const attempt = async (now: Attempt): Promise<T> => {
    try {
      return await run(now.hide, createLeakFinder(context.db, context.ports.crypto, now.redacted));
    } catch (thrown) {
      const what = leakOf(thrown);
      const mask = canMask && !now.masked.has(what) ? maskFor(what, context) : undefined;
      if (mask !== undefined) return attempt({ ...now, hide: withMasks(now.hide, mask), masked: new Set([...now.masked, what]) });
      if (what === NAME_LEAK && now.redacted === hide && withoutOwn !== undefined)
        return attempt({ ...now, redacted: await withoutOwn(now.hide) });
      throw thrown;
    }
  };
  return attempt({ hide, redacted: hide, masked: new Set() });
}

const profileFor = (format: ExportFormat, asked: Profile): Profile =>
  format.kind === 'folder' && format.redacted === true && asked === 'internal' ? 'redacted' : asked;

/** Files for people and for other programs. Each waits its turn: a job in progress has half of its result in the same connection. */
export function exportHandlers(
  context: EngineContext,
): Some<'report.formats' | 'report.write' | 'report.check' | 'query.write' | 'issues.write' | 'case.copy'> {
  const { db, ports, alone } = context;
  return {
    'case.copy': ({ path }) =>
      alone(() => {
        copyCase(db, path);
        return { copied: true as const };
      }),
    'report.formats': () =>
      exportFormats.map((format) => ({
        format: format.id,
        title: format.title,
        holds: format.holds,
        ending: endingOf(format),
        isFolder: format.kind === 'folder',
        ofCalls: format.kind === 'file' && format.ofCalls === true,
      })),
    'report.write': ({ format: id, path, query, profile = 'internal', paper, evidence, zipped = false }, { signal }) =>
      alone(async () => {
        const format = getFormat(id);
        const recheck = evidence === undefined ? undefined : await recheckSources(ports, evidence, wholeView(context).json.sources, signal);
        const sourceFor = (hide: Pseudonymiser): ExportSource =>
          exportSource(context, callSource(context, signal, query, hide), { paper, recheck });
        const { openOutput, openInFolder, openZip } = ports;
        const to = { path, zipped: zipped || /\.zip$/i.test(path), openOutput, openInFolder, openZip };
        return searched(
          context,
          pseudonymiserOf(db, profileFor(format, profile)),
          (hide, find) => writeExport(format, sourceFor(hide), find, to),
          { canMask: true, withoutOwn: (hide) => withoutOwnWords(format, sourceFor(hide), hide) },
        );
      }),
    'report.check': ({ profile = 'internal', ...printed }, { signal }) =>
      alone(async () => {
        const sourceFor = (hide: Pseudonymiser): ExportSource => exportSource(context, callSource(context, signal, undefined, hide), {});
        await searched(context, pseudonymiserOf(db, profile), (_hide, find) => searchPrinted(printed, find, breather(ports, signal)), {
          canMask: false,
          withoutOwn: (hide) => withoutOwnWords(getFormat('html'), sourceFor(hide), hide),
        });
        return { checked: true as const };
      }),
    'query.write': ({ query, format, path, limit }, { signal }) =>
      alone(async () => {
        const write = async (source: CallSource, output: ScannedOutput): Promise<number> => {
          if (format === 'har') return writeHar(source, output, limit);
          if (format === 'csv') return writeCallsCsv(selectedCalls(source, limit), limit, output);
          let count = 0;
          for (const row of selectedCalls(source, limit)) {
            output.write(`${JSON.stringify(row)}\n`);
            count += 1;
            await source.breathe();
          }
          return count;
        };
        const { result } = await searched(
          context,
          internalProfile,
          (hide, find) => {
            const source = callSource(context, signal, query, hide);
            return writeScanned(ports.openOutput(path), find, (output) => write(source, output));
          },
          { canMask: true },
        );
        return { rows: result };
      }),
    'issues.write': ({ path, ...filter }) =>
      alone(async () => {
        const { result } = await writeScanned(ports.openOutput(path), createLeakFinder(db, ports.crypto), (output) => {
          let count = 0;
          for (const row of iterateIssues(db, filter)) {
            output.write(`${withoutFingerprints(JSON.stringify(row))}\n`);
            count += 1;
          }
          return count;
        });
        return { rows: result };
      }),
  };
}
