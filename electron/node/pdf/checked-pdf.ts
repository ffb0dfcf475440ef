import { readFile, rename, rm } from 'node:fs/promises';
import type { Profile } from '#shared/contract/profile.ts';
import type { EngineClient } from '#shared/contract/table.ts';
import { readPdfText } from './text.ts';

/** What is printed, where to, and for whom. */
export interface PdfOrder {
  /** A report of ours. */
  readonly html: string;
  readonly pdf: string;
  /** The one that `html` was written for. */
  readonly profile: Profile;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prints a report and gives it its name only when its text layer, as another program reads it, holds nothing that may not leave the case.
 * Errors: AppError `leak`, then no PDF is left; those of `print`.
 */
export async function writeCheckedPdf(
  engine: EngineClient,
  print: (htmlPath: string, pdfPath: string) => Promise<void>,
  { html, pdf, profile, signal }: PdfOrder,
): Promise<void> {
  const unchecked = `${pdf}.unchecked`;
  try {
    await print(html, unchecked);
    const { pages, around } = await readPdfText(await readFile(unchecked));
    await engine.call('report.check', { pages: [...pages], around: [...around], profile }, signal === undefined ? {} : { signal });
    await rename(unchecked, pdf);
  } finally {
    await rm(unchecked, { force: true });
  }
}
