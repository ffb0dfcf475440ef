import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { WRITERS } from '#test/support/large/make-data.ts';
import { FETCHED } from './places.ts';

/** Part of the file names: raise it when the writers change what they write. */
const VERSION = 1;
const ENDINGS: Readonly<Record<string, string>> = { kong: 'jsonl', combined: 'log', har: 'har', trace: 'jsonl' };

export interface Data {
  readonly path: string;
  /** Units: bytes. */
  readonly bytes: number;
}

/** Large evidence of a format; made once from its seed and kept beside what benches fetch. */
export function ensureData(format: 'kong' | 'combined' | 'har' | 'trace', amount: number): Data {
  const folder = join(FETCHED, 'data');
  const path = join(folder, `${format}-${String(amount)}-v${String(VERSION)}.${ENDINGS[format] ?? 'data'}`);
  if (!existsSync(path)) {
    const writer = WRITERS[format];
    if (writer === undefined) throw new RangeError(`no writer for ${format}`);
    mkdirSync(folder, { recursive: true });
    writer(`${path}.partial`, amount);
    renameSync(`${path}.partial`, path);
  }
  return { path, bytes: statSync(path).size };
}
