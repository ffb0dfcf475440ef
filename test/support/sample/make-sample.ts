/**
 * Writes the sample bundle: `node test/support/sample/make-sample.ts [--out DIR] [--seed TEXT] [--scale N]`.
 * Deterministic: no clock, no machine, no locale enters it.
 */
import { Buffer } from 'node:buffer';
import { createWriteStream, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import { ZipFile } from 'yazl';

import { makeSample, SAMPLE_NAME, type SampleFile } from './bundle.ts';

/** When the bundle was collected, as its note says: the modification time of all its members. Units: epoch ms. */
const COLLECTED = Date.UTC(2026, 9, 5, 6);

/** Zips the files; the same files give the same bytes with the same zlib. */
export async function writeZip(path: string, files: readonly SampleFile[]): Promise<void> {
  const zip = new ZipFile();
  const at = new Date(COLLECTED);
  // DOS times have no zone, and yazl writes the local parts of a Date: give it one whose local parts are those of UTC.
  const mtime = new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes());
  for (const file of files) {
    zip.addBuffer(Buffer.from(file.text), file.path, { mtime, forceDosTimestamp: true, mode: 0o100644, compressionLevel: 9 });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'resources/samples' }, seed: { type: 'string' }, scale: { type: 'string' } },
  });
  const scale = values.scale === undefined ? 1 : Number(values.scale);
  if (!(scale > 0)) throw new RangeError(`--scale is a number above 0, not ${String(values.scale)}`);
  const sample = makeSample({ scale, ...(values.seed === undefined ? {} : { seed: values.seed }) });
  mkdirSync(values.out, { recursive: true });
  const path = join(values.out, SAMPLE_NAME);
  await writeZip(path, sample.files);
  for (const source of sample.truth.scenario.sources) console.log(`${source.name}: ${String(source.records)} records`);
  console.log(`${path}: ${String(statSync(path).size)} bytes`);
}

if (import.meta.main) await main();
