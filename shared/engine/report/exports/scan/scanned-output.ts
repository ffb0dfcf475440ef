import { AppError } from '../../../../contract/errors.ts';
import type { OutputFile } from '../../../ports.ts';
import type { LeakFinder } from './leak-finder.ts';

/** Texts are gathered up to this size before they are searched. Units: UTF-16 code units. */
const WINDOW = 128 * 1024;
/** So much of what was searched is searched again with what follows, where no line ended: longer than any token. Units: UTF-16 code units. */
const OVERLAP = 16 * 1024;

/** Where an export is written to. Every text goes through the search for leaks before it goes on. */
export interface ScannedOutput {
  /** Errors: AppError `leak`, at the latest when the output is finished. */
  readonly write: (text: string) => void;
  /** For formats that are no text: their writer hands what they hold to `check`. */
  readonly writeBytes: (bytes: Uint8Array) => void;
  /** Searches the texts of one row of a format that is no text. */
  readonly check: (row: string) => void;
}

const countLines = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** Which line of the text holds the leak, from 0; a leak over several lines is told by the first line of the text. */
const lineOf = (text: string, find: LeakFinder): number =>
  Math.max(
    0,
    text.split('\n').findIndex((line) => find(line) !== undefined),
  );

/** A stream of text that is searched window by window and then passed on. Errors: AppError `leak`. */
function searchedStream(
  find: LeakFinder,
  name: string | undefined,
  passOn: (text: string) => void,
): { add(text: string): void; end(): void } {
  let before = '';
  let waiting: string[] = [];
  let size = 0;
  let line = 1;
  const search = (text: string): void => {
    const whole = before + text;
    const leak = find(whole);
    if (leak !== undefined) {
      const at = line - countLines(before) + lineOf(whole, find);
      const where = `${name === undefined ? '' : `${name}, `}line ${String(at)}`;
      const details = { what: leak.what, line: at, ...(name === undefined ? {} : { name }) };
      throw new AppError('leak', `the export was stopped: ${leak.what} would stand in ${where}`, details);
    }
    passOn(text);
    line += countLines(text);
    before = text.endsWith('\n') ? '' : whole.slice(-OVERLAP);
  };
  const take = (cutAtLine: boolean): void => {
    const text = waiting.join('');
    const cut = cutAtLine ? text.lastIndexOf('\n') + 1 || text.length : text.length;
    waiting = [text.slice(cut)];
    size = text.length - cut;
    if (cut > 0) search(text.slice(0, cut));
  };
  return {
    add(text) {
      // A text of many megabytes in one piece is cut, so that no window is larger than what is searched at once.
      for (let at = 0; at < text.length; at += WINDOW) {
        const piece = text.slice(at, at + WINDOW);
        waiting.push(piece);
        size += piece.length;
        if (size >= WINDOW) take(true);
      }
    },
    end: () => {
      take(false);
    },
  };
}

/**
 * Puts the search for leaks before a file: what it finds stops the export, and the error says where. Nothing is passed on unsearched.
 * Shape: call `finish` before the file is committed; what waits is searched then.
 * Errors: AppError `leak`; details: { what, line, name? }. The text that leaked is in no message.
 */
export function scannedOutput(
  output: Pick<OutputFile, 'write' | 'writeBytes'>,
  find: LeakFinder,
  name?: string,
): ScannedOutput & { readonly finish: () => void } {
  const texts = searchedStream(find, name, (text) => {
    output.write(text);
  });
  const rows = searchedStream(find, name, () => undefined);
  return {
    write: (text) => {
      texts.add(text);
    },
    writeBytes: (bytes) => {
      output.writeBytes(bytes);
    },
    check: (row) => {
      rows.add(`${row.replaceAll('\n', ' ')}\n`);
    },
    finish: () => {
      texts.end();
      rows.end();
    },
  };
}
