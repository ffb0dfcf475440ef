import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { AppError } from '#shared/contract/errors.ts';
import type { OutputFile } from '#shared/engine/ports.ts';
import { toVisibleLines } from '#shared/lib/visible-text.ts';

/** Texts are gathered up to this size before they are written. Units: bytes. */
const GATHER = 1024 * 1024;

/** What a system call gives. Errors: AppError `unreadable` with the operating system's words. */
function attempt<T>(path: string, what: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new AppError(
      'unreadable',
      `${path} could not be ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
}

/** A file of our own: what stands there is what a killed export left, or a link that somebody else laid, which is not followed. */
function openNew(path: string): number {
  rmSync(path, { force: true });
  return openSync(path, 'wx', 0o600);
}

/**
 * A file that is complete under its name or absent: written beside it, synced, renamed. `-` is standard output.
 * What goes to a terminal is text that it cannot obey.
 * Errors: AppError `unreadable` with the operating system's words.
 */
export function openOutput(path: string): OutputFile {
  const toStandardOutput = path === '-';
  const toTerminal = toStandardOutput && isatty(1);
  const partial = `${path}.partial`;
  const handle = toStandardOutput ? 1 : attempt(path, 'made', () => openNew(partial));
  const digest = createHash('sha256');
  let bytes = 0;
  let waiting: Buffer[] = [];
  let gathered = 0;
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    closeSync(handle);
  };
  const flush = (): void => {
    if (gathered === 0) return;
    const all = Buffer.concat(waiting);
    waiting = [];
    gathered = 0;
    digest.update(all);
    bytes += all.length;
    attempt(path, 'written', () => {
      for (let at = 0; at < all.length;) {
        try {
          at += writeSync(handle, all, at);
        } catch (cause) {
          // A pipe that is full for the moment; the reader of standard output is slower than we are.
          if (cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN') continue;
          throw cause;
        }
      }
    });
  };
  const take = (piece: Buffer): void => {
    waiting.push(piece);
    gathered += piece.length;
    if (gathered >= GATHER) flush();
  };
  return {
    write(text) {
      // Whoever wants every byte of the evidence writes to a file or a pipe.
      take(Buffer.from(toTerminal ? toVisibleLines(text) : text, 'utf8'));
    },
    writeBytes(given) {
      take(Buffer.from(given));
    },
    commit() {
      flush();
      if (!toStandardOutput) {
        attempt(path, 'saved', () => {
          fsyncSync(handle);
          close();
          renameSync(partial, path);
        });
      }
      return Promise.resolve({ bytes, sha256: digest.digest('hex') });
    },
    abandon() {
      if (toStandardOutput) return;
      if (isOpen) close(); // a commit that could not rename has closed it
      rmSync(partial, { force: true });
    },
  };
}

/** The same for a file of a folder, in folders of its own where its name has `/`. Errors: as `openOutput`. */
export function openInFolder(folder: string, name: string): OutputFile {
  const path = join(folder, name);
  attempt(path, 'made', () => mkdirSync(dirname(path), { recursive: true }));
  return openOutput(path);
}
