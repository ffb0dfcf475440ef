import type { EnginePorts, OutputFile } from '../../ports.ts';
import type { ExportFile, ExportFormat, ExportSource } from './export-format.ts';
import type { LeakFinder } from './scan/leak-finder.ts';
import { scannedOutput, type ScannedOutput } from './scan/scanned-output.ts';

/** Name of the file that lists the hashes of all others, in the form that `sha256sum -c` takes. */
const MANIFEST = 'MANIFEST.sha256';

/** What was written: of a folder the bytes of all its files and the hash of its manifest. */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/** Where an export goes. */
export interface Destination extends Pick<EnginePorts, 'openOutput' | 'openInFolder' | 'openZip'> {
  /** A file; of several files a folder that is there, or the zip of them. */
  readonly path: string;
  readonly zipped: boolean;
}

/** Writes one file through the search for leaks: all of it, or nothing. */
export async function writeScanned<T>(
  output: OutputFile,
  find: LeakFinder,
  write: (output: ScannedOutput) => Promise<T> | T,
  name?: string,
): Promise<Written & { readonly result: T }> {
  try {
    const scanned = scannedOutput(output, find, name);
    const result = await write(scanned);
    scanned.finish();
    return { result, ...(await output.commit()) };
  } catch (thrown) {
    output.abandon();
    throw thrown;
  }
}

const manifestOf = (files: readonly { readonly name: string; readonly sha256: string }[]): string =>
  [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('');

/** The manifest comes last: a folder that has one is complete. */
async function writeFiles(files: readonly ExportFile[], find: LeakFinder, open: (name: string) => OutputFile): Promise<Written> {
  const hashes: { readonly name: string; readonly sha256: string }[] = [];
  let bytes = 0;
  for (const { name, write } of files) {
    const written = await writeScanned(open(name), find, write, name);
    hashes.push({ name, sha256: written.sha256 });
    bytes += written.bytes;
  }
  const manifest = await writeScanned(open(MANIFEST), find, (output) => {
    output.write(manifestOf(hashes));
  });
  return { bytes: bytes + manifest.bytes, sha256: manifest.sha256 };
}

async function writeZip(files: readonly ExportFile[], find: LeakFinder, { path, openZip }: Destination): Promise<Written> {
  const zip = openZip(path);
  try {
    await writeFiles(files, find, (name) => zip.open(name));
    return await zip.commit();
  } catch (thrown) {
    zip.abandon();
    throw thrown;
  }
}

/** Writes an export to where it was asked for. */
export async function writeExport(format: ExportFormat, source: ExportSource, find: LeakFinder, to: Destination): Promise<Written> {
  if (format.kind === 'folder') {
    const files = await format.files(source);
    return to.zipped ? writeZip(files, find, to) : writeFiles(files, find, (name) => to.openInFolder(to.path, name));
  }
  const { bytes, sha256 } = await writeScanned(to.openOutput(to.path), find, (output) => format.write(source, output));
  return { bytes, sha256 };
}
