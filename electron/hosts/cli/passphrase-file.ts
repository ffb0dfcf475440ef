import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '#shared/contract/errors.ts';
import { MAX_PASSPHRASE } from '#shared/model/passphrase.ts';
import type { Arguments } from './arguments.ts';

/** A longer first line is no passphrase. Four bytes a character, and the end of the line. Units: bytes. */
const MOST_BYTES = MAX_PASSPHRASE * 4 + 2;
/** Others than the owner may read it. */
const FOR_OTHERS = 0o077;

/** First bytes of a file, or of standard input. Errors: AppError `bad-params` when others may read the file, `unreadable`. */
function readStart(path: string): Buffer {
  const start = Buffer.alloc(MOST_BYTES);
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    try {
      const stat = fstatSync(file);
      if (path !== '-' && stat.isFile() && process.platform !== 'win32' && (stat.mode & FOR_OTHERS) !== 0)
        throw new AppError('bad-params', `${path} can be read by others on this machine; chmod 600 makes it yours alone`);
      let length = 0;
      for (;;) {
        const got = readSync(file, start, length, start.length - length, null);
        length += got;
        if (got === 0 || length === start.length || start.subarray(0, length).includes(0x0a)) return start.subarray(0, length);
      }
    } finally {
      if (file !== 0) closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'unreadable',
      `the passphrase file ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
}

/** First line of a file, without its end. Errors: AppError `bad-params` for one that is empty or no UTF-8. */
function readPassphrase(path: string): string {
  const start = readStart(path);
  const end = start.indexOf(0x0a);
  const line = start.subarray(0, end === -1 ? start.length : end);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(line).replace(/\r$/, '');
  } catch {
    // Without the cause: it would show in a trace what stands in the file.
    throw new AppError('bad-params', `the first line of ${path} is no text in UTF-8`);
  }
  if (text === '' || text.length > MAX_PASSPHRASE)
    throw new AppError('bad-params', `the first line of ${path} is no passphrase: it is ${text === '' ? 'empty' : 'too long'}`);
  return text;
}

/** Standard input is read once. Errors: AppError `bad-params`. */
function checkStandardInput({ passphraseFiles, newPassphraseFile, positionals }: Arguments): void {
  const wanted = [...passphraseFiles, newPassphraseFile, ...positionals].filter((path) => path === '-').length;
  if (wanted > 1) throw new AppError('bad-params', 'standard input can be one thing only: evidence, or one passphrase');
}

/** The passphrase of the case that a command names; of the second one, where it was given twice. Errors: AppError `bad-params`, `unreadable`. */
export function passphraseOf(args: Arguments, which: 0 | 1 = 0): string | undefined {
  const path = args.passphraseFiles[which] ?? args.passphraseFiles[0];
  if (path === undefined) return undefined;
  checkStandardInput(args);
  return readPassphrase(path);
}

/** The one that opens the case from now on. Errors: as above. */
export function newPassphraseOf(args: Arguments): string | undefined {
  const path = args.newPassphraseFile;
  if (path === undefined) return undefined;
  checkStandardInput(args);
  return readPassphrase(path);
}
