import { AppError } from '../../../../contract/errors.ts';
import type { LeakFinder } from './leak-finder.ts';

/** A word that is longer than this when its line ends may have been cut for want of room. Units: characters. */
const LONG_WORD = 16;
/** What our own pages break long names after, and printers addresses. */
const BREAKS_AFTER = /[-./:_@{}?&=#~]$/;

/**
 * Lines of a page with the words that were broken between two of them made whole, as far as their ends tell.
 * Example: `api.quill-` and `forge.test` give one line; `asked for` and `more` stay two. Each line ends with a line end.
 */
export function joinBrokenLines(page: string): string {
  const lines = page.split('\n');
  return lines
    .map((line, index) => {
      const last = line.slice(line.lastIndexOf(' ') + 1);
      const isBroken = BREAKS_AFTER.test(line) || BREAKS_AFTER.test(lines[index + 1]?.[0] ?? '') || last.length > LONG_WORD;
      return isBroken ? line : `${line}\n`;
    })
    .join('');
}

/** The text layer of a printed report. */
export interface PrintedText {
  /** Line by line. */
  readonly pages: readonly string[];
  /** Title, outline, descriptions of pictures, addresses of links. */
  readonly around: readonly string[];
}

/**
 * Searches the pages of a printed report, each as its lines stand and once more with broken words made whole.
 * Errors: AppError `leak`; details: { what, page? }, pages counted from 1. The text that leaked is in no message.
 */
export async function searchPrinted({ pages, around }: PrintedText, find: LeakFinder, breathe: () => Promise<void>): Promise<void> {
  const stop = (what: string, page: number | undefined): never => {
    const where = page === undefined ? 'in its title, outline or the descriptions of its pictures' : `on page ${String(page)}`;
    throw new AppError('leak', `the export was stopped: ${what} would stand ${where}`, { what, ...(page === undefined ? {} : { page }) });
  };
  for (const [index, page] of pages.entries()) {
    const leak = find(page) ?? find(joinBrokenLines(page));
    if (leak !== undefined) stop(leak.what, index + 1);
    await breathe();
  }
  const leak = find(around.join('\n'));
  if (leak !== undefined) stop(leak.what, undefined);
}
