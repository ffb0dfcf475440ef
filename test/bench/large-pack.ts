import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openZip } from '#electron/node/zip-output.ts';
import type { Bench, BenchContext } from './bench.ts';
import { sizeOf } from './spoor.ts';
import { sayBytes, sayMillis } from './statistics.ts';

const MIB = 1024 ** 2;
/** One file of the pack is longer than a plain zip can say, and the one after it begins beyond. Units: MiB. */
const LONG = 4_200;
/** The files wait on disk until the pack is written, so that it takes its size twice. Units: bytes. */
const ROOM = 2.2 * LONG * MIB;

/** Programs that check every byte of a zip against its CRC-32; each says something on standard output when it can read it. */
const READERS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['unzip', 'unzip', '-tqq'],
  ['zipfile of Python', 'python3', '-c', 'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip())'],
];

/** A file of the pack that is the same MiB over and over: what it holds does not matter, its length does. */
async function writeRepeated(path: string): Promise<void> {
  const piece = new Uint8Array(MIB).map((_, index) => (index * 2_654_435_761) >>> 24);
  const zip = openZip(path);
  try {
    const long = zip.open('case.spoor');
    for (let written = 0; written < LONG; written += 1) long.writeBytes(piece);
    await long.commit();
    const short = zip.open('MANIFEST.sha256');
    short.write('the file after it\n');
    await short.commit();
    await zip.commit();
  } catch (thrown) {
    zip.abandon();
    throw thrown;
  }
}

function readWith([name, command, ...args]: (typeof READERS)[number], path: string, context: BenchContext): void {
  const began = performance.now();
  const { error, status, stderr } = spawnSync(command, [...args, path], { encoding: 'utf8' });
  if (error !== undefined) {
    context.say(`  ${name}: not installed here`);
    return;
  }
  if (status !== 0) throw new Error(`${name} refuses the pack: ${stderr.slice(0, 300)}`);
  context.say(`  ${name}: read it all, ${sayMillis(performance.now() - began)}`);
}

/** No figure: it holds or it does not. Left out with `--small`, since it writes 9 GB. */
export const largePackBench: Bench = {
  id: 'large-pack',
  question: 'Can programs that we did not write read a pack of more than 4 GiB?',
  run: async (context) => {
    const { bavail, bsize } = statfsSync(tmpdir());
    if (context.small || bavail * bsize < ROOM) {
      context.say(`  not run: it needs ${sayBytes(ROOM)} below ${tmpdir()}, and no --small`);
      return [];
    }
    const path = join(context.folder, 'large.zip');
    try {
      const began = performance.now();
      await writeRepeated(path);
      context.say(`  ${sayBytes(sizeOf(path))} in two files, written in ${sayMillis(performance.now() - began)}`);
      for (const reader of READERS) readWith(reader, path, context);
    } finally {
      rmSync(path, { force: true });
    }
    return [];
  },
};
