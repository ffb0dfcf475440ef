import { closeSync, openSync, readSync } from 'node:fs';

/** Units: bytes. */
const PIECE = 1 << 20;

/** The lines of a file that may be larger than a string can be; empty ones are left out. */
export function* readLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(PIECE);
  let rest = '';
  try {
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      const lines = `${rest}${decoder.decode(buffer.subarray(0, count), { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield line;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
