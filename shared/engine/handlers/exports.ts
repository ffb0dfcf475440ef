import { AppError } from '../../contract/errors.ts';
import { breather } from '../breathe.ts';
import { detectors } from '../detectors/index.ts';
import { importers } from '../importers/index.ts';
import { withoutFingerprints } from '../intake/mask-token.ts';
import type { CallSource, ExportFormat } from '../report/exports/export-format.ts';
import { writeHar } from '../report/exports/formats/har.ts';
import { exportFormats } from '../report/exports/index.ts';
import { createLeakFinder } from '../report/exports/scan/leak-finder.ts';
import { selectedCalls } from '../report/exports/selected-calls.ts';
import { writeExport, writeScanned } from '../report/exports/write-export.ts';
import { recheckSources } from '../reading/recheck-sources.ts';
import { profiledView } from '../report/profile/profiled-view.ts';
import { internalProfile, type Pseudonymiser } from '../report/profile/pseudonymiser.ts';
import { writeCallsCsv } from '../report/write-calls-csv.ts';
import { copyCase } from '../store/copy.ts';
import { everyCall } from '../store/read/calls.ts';
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

/** Files for people and for other programs. Each waits its turn: a job in progress has half of its result in the same connection. */
export function exportHandlers(
  context: EngineContext,
): Some<'report.formats' | 'report.write' | 'query.write' | 'issues.write' | 'case.copy'> {
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
    'report.write': ({ format: id, path, query, profile: asked = 'internal', paper, evidence }, { signal }) =>
      alone(async () => {
        const format = getFormat(id);
        const profile = format.kind === 'folder' && format.redacted === true && asked === 'internal' ? 'redacted' : asked;
        const hide = pseudonymiserOf(db, profile);
        const whole = wholeView(context);
        const recheck = evidence === undefined ? undefined : await recheckSources(ports, evidence, whole.json.sources, signal);
        const source = {
          ...callSource(context, signal, query, hide),
          view: profiledView(whole, hide),
          detectors,
          openScratch: ports.openScratch,
          printing: printingOf(context, profile, whole, { paper, recheck }),
        };
        const open = (name: string | undefined) => ports.openOutput(name === undefined ? path : `${path}/${name}`);
        return writeExport(format, source, createLeakFinder(db, ports.crypto, hide.forbidden), path, open);
      }),
    'query.write': ({ query, format, path, limit }, { signal }) =>
      alone(async () => {
        const source = callSource(context, signal, query, internalProfile);
        const { result } = await writeScanned(ports.openOutput(path), createLeakFinder(db, ports.crypto), async (output) => {
          if (format === 'har') return writeHar(source, output, limit);
          if (format === 'csv') return writeCallsCsv(selectedCalls(source, limit), limit, output);
          let count = 0;
          for (const row of selectedCalls(source, limit)) {
            output.write(`${JSON.stringify(row)}\n`);
            count += 1;
            await source.breathe();
          }
          return count;
        });
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
