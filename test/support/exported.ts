import { nodePorts } from '#electron/node/ports.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { importers } from '#shared/engine/importers/index.ts';
import { listLeastPrivilege } from '#shared/engine/privilege/read.ts';
import type { ExportFormat, ExportSource } from '#shared/engine/report/exports/export-format.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { createLeakFinder } from '#shared/engine/report/exports/scan/leak-finder.ts';
import { writeExport } from '#shared/engine/report/exports/write-export.ts';
import { internalProfile, type Pseudonymiser } from '#shared/engine/report/profile/pseudonymiser.ts';
import type { ReportView } from '#shared/engine/report/section.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { getReportSettings } from '#shared/engine/store/read/report/report-settings.ts';
import { listIncidents } from '#shared/engine/incidents/list-incidents.ts';
import { createReportView } from '#shared/engine/store/read/report/report-view.ts';

/** What an export left: the files by name, the one file of a plain export under the empty name. */
type Exports = ReadonlyMap<string, Buffer>;

/** A format by its id. */
function getExportFormat(id: string): ExportFormat {
  const format = exportFormats.find((each) => each.id === id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format;
}

/** What a format writes from a case, held in memory; `view` in place of the case's own. */
export async function exportCase(
  db: SqlDriver,
  id: string,
  { view, hide = internalProfile }: { readonly view?: ReportView; readonly hide?: Pseudonymiser } = {},
): Promise<Exports> {
  const files = new Map<string, Buffer>();
  const ports = nodePorts('1.2.3');
  const open = (name: string) => {
    const parts: Buffer[] = [];
    return {
      write: (text: string) => void parts.push(Buffer.from(text, 'utf8')),
      writeBytes: (bytes: Uint8Array) => void parts.push(Buffer.from(bytes)),
      commit: () => {
        const all = Buffer.concat(parts);
        files.set(name, all);
        const digest = ports.crypto.sha256();
        digest.update(all);
        return Promise.resolve({ bytes: all.length, sha256: digest.hex() });
      },
      abandon: () => undefined,
    };
  };
  const source: ExportSource = {
    view:
      view ??
      createReportView(db, {
        version: '1.2.3',
        rules: 'rules',
        detectors,
        incidents: listIncidents,
        leastPrivilege: listLeastPrivilege(db),
      }),
    printing: { profile: hide.profile, settings: getReportSettings(db), log: [] },
    detectors,
    openScratch: ports.openScratch,
    db,
    hide,
    crypto: ports.crypto,
    codec: ports.codec,
    version: '1.2.3',
    selection: everyCall,
    lineFormats: new Set(importers.filter(({ records }) => records === 'lines').map((importer) => importer.id)),
    breathe: () => Promise.resolve(),
  };
  const openInFolder = (_folder: string, name: string) => open(name);
  const to = { path: 'out', zipped: false, openOutput: () => open(''), openInFolder, openZip: ports.openZip };
  await writeExport(getExportFormat(id), source, createLeakFinder(db, ports.crypto, hide), to);
  return files;
}

/** The text of an export that is one file. */
export const exportText = async (...args: Parameters<typeof exportCase>): Promise<string> =>
  (await exportCase(...args)).get('')?.toString('utf8') ?? '';

/** The JSON value of an export that is one document. */
export const exportJson = async (...args: Parameters<typeof exportCase>): Promise<unknown> => JSON.parse(await exportText(...args));

/** The JSON values of an export of lines. */
export const exportLines = async (...args: Parameters<typeof exportCase>): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await exportText(...args))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
