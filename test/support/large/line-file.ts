import { closeSync, openSync, writeSync } from 'node:fs';

/** A text file that is written front to back in large pieces. */
export interface LineFile {
  write(text: string): void;
  /** Writes what is left and closes. Gives the size. Units: bytes. */
  close(): number;
}

/** One write to disk. Units: UTF-16 units of the text, about bytes; larger pieces measured no faster. */
const PIECE = 1 << 20;

/** Opens a file for writing; what it held before is gone. Cost: synchronous, so that a generator needs no back-pressure. */
export function openLineFile(path: string): LineFile {
  const file = openSync(path, 'w');
  let pending: string[] = [];
  let length = 0;
  let bytes = 0;
  const flush = (): void => {
    bytes += writeSync(file, pending.join(''));
    pending = [];
    length = 0;
  };
  return {
    write: (text) => {
      pending.push(text);
      length += text.length;
      if (length >= PIECE) flush();
    },
    close: () => {
      flush();
      closeSync(file);
      return bytes;
    },
  };
}
