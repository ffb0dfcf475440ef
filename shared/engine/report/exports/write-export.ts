import { concatBytes } from '../../../lib/bytes.ts';
import { type ZipFile, zipStored } from '../../../lib/zip-store.ts';
import type { OutputFile } from '../../ports.ts';
import type { ExportFile, ExportFormat, ExportSource, FolderFormat } from './export-format.ts';
import type { LeakFinder } from './scan/leak-finder.ts';
import { scannedOutput, type ScannedOutput } from './scan/scanned-output.ts';

/** Name of the file that lists the hashes of all others, in the form that `sha256sum -c` takes. */
const MANIFEST = 'MANIFEST.sha256';

/** What was written: of a folder the bytes of all its files and the hash of its manifest. */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/** Opens a file to write to; `undefined` names the one that the export is. */
export type OpenOutput = (name: string | undefined) => OutputFile;

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
async function writeFolder(files: readonly ExportFile[], find: LeakFinder, open: OpenOutput): Promise<Written> {
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

/** The same as one zip, made in memory: packs for people, not lists of all calls. */
async function writeZip(files: readonly ExportFile[], find: LeakFinder, source: ExportSource, output: OutputFile): Promise<Written> {
  const encoder = new TextEncoder();
  const whole: ZipFile[] = [];
  const hashes: { readonly name: string; readonly sha256: string }[] = [];
  for (const { name, write } of files) {
    const parts: Uint8Array[] = [];
    const memory = {
      write: (text: string) => void parts.push(encoder.encode(text)),
      writeBytes: (bytes: Uint8Array) => void parts.push(bytes.slice()),
    };
    const scanned = scannedOutput(memory, find, name);
    await write(scanned);
    scanned.finish();
    const digest = source.crypto.sha256();
    for (const part of parts) digest.update(part);
    hashes.push({ name, sha256: digest.hex() });
    whole.push({ name, content: concatBytes(parts) });
  }
  const { bytes, sha256 } = await writeScanned(output, find, ({ writeBytes }) => {
    for (const piece of zipStored([...whole, { name: MANIFEST, content: manifestOf(hashes) }])) writeBytes(piece);
  });
  return { bytes, sha256 };
}

const isZip = (path: string): boolean => /\.zip$/i.test(path);

async function writeSeveral(
  format: FolderFormat,
  source: ExportSource,
  find: LeakFinder,
  path: string,
  open: OpenOutput,
): Promise<Written> {
  const files = await format.files(source);
  return isZip(path) ? writeZip(files, find, source, open(undefined)) : writeFolder(files, find, open);
}

/** Writes an export to where it was asked for: a file, or a folder that is there, or a zip of the folder when the path ends so. */
export async function writeExport(
  format: ExportFormat,
  source: ExportSource,
  find: LeakFinder,
  path: string,
  open: OpenOutput,
): Promise<Written> {
  if (format.kind === 'folder') return writeSeveral(format, source, find, path, open);
  const { bytes, sha256 } = await writeScanned(open(undefined), find, (output) => format.write(source, output));
  return { bytes, sha256 };
}
