import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { importers } from '#shared/engine/importers/index.ts';
import type { Imported, Importer } from '#shared/engine/importers/importer.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { readAll } from '../../read-evidence.ts';
import type { FuzzTarget } from '../target.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
/** Longer files make each try slow, and teach no more. Units: bytes. */
const LARGEST_SEED = 48 * 1024;

/** The small files of an importer's fixtures. */
export const fixturesOf = (id: string): readonly Uint8Array[] =>
  readdirSync(join(FIXTURES, id))
    .filter((name) => name !== 'SOURCE.md')
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(FIXTURES, id, name))).subarray(0, LARGEST_SEED));

/** What reading came to, coarse enough that most inputs give a known answer: kinds of issues and a size of counts. */
function describe(items: readonly Imported[]): string {
  const calls = items.filter(({ kind }) => kind === 'call' || kind === 'operation').length;
  const codes = new Set(items.flatMap((item) => (item.kind === 'issue' ? [item.code] : [])));
  return `${String(Math.ceil(Math.log2(calls + 1)))} ${[...codes].sort().join(' ')}`;
}

/** Throws when what was read cannot be: a place outside of the file, or what would not survive the way to a thread. */
function examine(items: readonly Imported[], size: number, isPlain: boolean): void {
  for (const item of items) {
    if (!('at' in item)) continue;
    const { start, length } = item.at;
    const isInside = start >= 0 && length >= 0 && (!isPlain || start + length <= size);
    if (!isInside) throw new Error(`a record at ${String(start)}+${String(length)} of a file of ${String(size)} bytes`);
  }
  structuredClone(items);
}

async function readWith(importer: Importer, input: Uint8Array): Promise<string> {
  const { layers } = recognize(input.subarray(0, 64 * 1024), 'evidence', importer.id);
  const items = await readAll(importer, input);
  examine(items, input.length, layers.length === 0);
  return describe(items);
}

/** Each importer over changed fixtures of its own. */
export const importerTargets: readonly FuzzTarget[] = (importers as readonly Importer[]).map((importer) => ({
  id: `import-${importer.id}`,
  seeds: () => fixturesOf(importer.id),
  run: (input) => readWith(importer, input),
}));

/** Recognition, and whichever importer it chooses, over changed fixtures of all. */
export const recognizeTarget: FuzzTarget = {
  id: 'recognize',
  seeds: () => importers.flatMap(({ id }) => fixturesOf(id).slice(0, 1)),
  run: async (input) => {
    const { importer } = recognize(input.subarray(0, 64 * 1024), 'evidence');
    if (importer === undefined) throw new AppError('damaged-file', 'nothing claims it');
    return `${importer.id} ${await readWith(importer, input)}`;
  },
};
