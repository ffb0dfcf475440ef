import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { writeCheckedPdf } from '#electron/node/pdf/checked-pdf.ts';
import { canPrintPdf, printPdf } from '#electron/node/pdf/pdf.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, makeFolder, need } from './commands.ts';
import { howToWrite, type HowToWrite } from './how-to-write.ts';
import { complain, sayJson } from './terminal.ts';
import { warnOfClear, withCase, type Session } from './session.ts';

/** Prints the report that the engine writes as a page. Errors: AppError `unavailable` without a browser. */
async function writePdf({ engine, context }: Session, out: string, how: HowToWrite): Promise<void> {
  if (!canPrintPdf())
    throw new AppError('unavailable', 'a PDF needs an installed Chromium or Chrome; none was found, so use --format html');
  // A browser takes a file of another ending for plain text.
  const html = `${out}.partial.html`;
  try {
    await engine.call('report.write', { format: 'html', path: html, ...how }, { signal: context.signal });
    await writeCheckedPdf(engine, printPdf, { html, pdf: out, profile: how.profile ?? 'internal', signal: context.signal });
  } finally {
    rmSync(html, { force: true });
  }
}

/** Says on standard error that what is written does not tell of the whole case. */
async function warnIfUnfinished({ engine, casePath }: Session): Promise<void> {
  if (!(await engine.call('case.info', {})).analyzed)
    complain(`The analysis of this case is unfinished or out of date: run spoor analyze ${casePath}, then write this again.`);
}

/** `spoor report CASE --format F --out FILE [QUERY]`: several files become a folder, or a zip when the name ends so. */
export async function reportCommand(args: Arguments): Promise<number> {
  const out = resolve(need(args.out, '--out FILE'));
  const format = need(args.format, '--format');
  const known = exportFormats.find(({ id }) => id === format);
  if (known === undefined && format !== 'pdf')
    throw new AppError('bad-params', `this version writes pdf, ${exportFormats.map(({ id }) => id).join(', ')}, not ${format}`);
  const [casePath, query] = args.positionals;
  if (known?.kind === 'folder' && !/\.zip$/i.test(out)) makeFolder(out);
  return withCase(need(casePath, 'the case file'), { args, mode: 'read' }, async (session) => {
    await warnIfUnfinished(session);
    warnOfClear(session, out);
    if (format === 'pdf') {
      await writePdf(session, out, howToWrite(args));
      return exitCode.done;
    }
    const choice = query === undefined ? {} : { query };
    const written = await session.engine.call(
      'report.write',
      { format, path: out, ...howToWrite(args), ...choice },
      { signal: session.context.signal },
    );
    if (args.json) sayJson({ file: out, ...written });
    return exitCode.done;
  });
}
