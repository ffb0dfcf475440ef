import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../large/random.ts';
import type { DiskEvent } from './trace.ts';

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };

/** What happens to the writes that no sync has made last: all gone, all there, or any of them, each maybe in part and in any order. */
export type Fate = 'lost' | 'kept' | 'torn';

/** What a disk writes whole. Units: bytes. */
const SECTOR = 512;

interface File {
  durable: Buffer;
  waiting: Change[];
  /** Length as the process sees it. */
  length: number;
}

function apply(content: Buffer, change: Change): Buffer {
  if ('size' in change) return content.length > change.size ? content.subarray(0, change.size) : Buffer.concat([content, Buffer.alloc(change.size - content.length)]);
  const end = change.at + change.bytes.length;
  const grown = end > content.length ? Buffer.concat([content, Buffer.alloc(end - content.length)]) : Buffer.from(content);
  change.bytes.copy(grown, change.at);
  return grown;
} // prettier-ignore

/** Some of the changes, in any order, a write maybe only up to a sector. */
function tear(changes: readonly Change[], random: Random): readonly Change[] {
  const left = changes
    .filter(() => random.int(0, 1) === 1)
    .map((change) => ({ change, place: random.int(0, 1_000_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ change }) => change);
  return left.map((change) => {
    if ('size' in change || random.int(0, 3) !== 0) return change;
    return { at: change.at, bytes: change.bytes.subarray(0, SECTOR * random.int(0, Math.ceil(change.bytes.length / SECTOR))) };
  });
}

/**
 * A disk with a cache that power loss empties. Names of files last at once, their contents with the next sync: what a journaling file
 * system promises at least. `ignores` makes the disk forget the syncs of some files, as a program would that does not ask for them.
 */
export class Disk {
  readonly #files = new Map<string, File>();
  readonly #ignores: (file: string) => boolean;
  constructor(ignores: (file: string) => boolean) {
    this.#ignores = ignores;
  }

  #file(name: string): File {
    const known = this.#files.get(name) ?? { durable: Buffer.alloc(0), waiting: [], length: 0 };
    this.#files.set(name, known);
    return known;
  }

  take(event: DiskEvent): void {
    if (event.kind === 'acknowledged') return;
    const file = this.#file(event.file);
    if (event.kind === 'write') {
      const at = event.at ?? file.length;
      file.waiting.push({ at, bytes: event.bytes });
      file.length = Math.max(file.length, at + event.bytes.length);
    } else if (event.kind === 'truncate') {
      file.waiting.push({ size: event.size });
      file.length = event.size;
    } else if (event.kind === 'sync') {
      if (this.#ignores(event.file)) return;
      file.durable = file.waiting.reduce(apply, file.durable);
      file.waiting = [];
    } else {
      this.#files.delete(event.file);
      if (event.kind === 'rename') this.#files.set(event.to, file);
    }
  }

  /** Writes what is there after the power came back into a folder. Shared memory is none of it. */
  writeImage(folder: string, fate: Fate, random: Random): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, { durable, waiting }] of this.#files) {
      if (name.endsWith('-shm')) continue;
      const late = fate === 'lost' ? [] : fate === 'kept' ? waiting : tear(waiting, random);
      writeFileSync(join(folder, name), late.reduce(apply, durable));
    }
  }
}
