import { withOtherSightings } from '#shared/query/other-sightings.ts';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { FindingJson, ImportSummary, Severity } from '#shared/contract/report-json.ts';
import type { AnalysisResult } from '#shared/contract/table.ts';
import { importers } from '#shared/engine/importers/index.ts';
import { type PdfOrder, writeCheckedPdf } from '#electron/node/pdf/checked-pdf.ts';
import { writeManifest } from '#electron/node/manifest.ts';
import { printPdf } from '#electron/node/pdf/pdf.ts';
import type { Arguments } from './arguments.ts';
import { howToWrite } from './how-to-write.ts';
import { passphraseOf } from './passphrase-file.ts';
import { sayFindings, sayImport, sayTable } from './print.ts';
import { sayClocks } from './say-clocks.ts';
import { complain, printable, sayJson, sayLine } from './terminal.ts';
import { warnOfClear, withCase, type Session } from './session.ts';

/** Exit codes, as `design/cli.md` fixes them. */
export const exitCode = { done: 0, findings: 1, usage: 2, unread: 3, badCase: 4, bug: 70 } as const;

const RANK: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };
/** Rows that `spoor query` prints as a table unless told otherwise. */
const TABLE_ROWS = 1000;
const PAGE = 500;

/** A word that a command cannot do without. Errors: AppError `bad-params`. */
export const need = (value: string | undefined, what: string): string => {
  if (value === undefined || value === '') throw new AppError('bad-params', `${what} is missing; see spoor --help`);
  return value;
};

/** 1 when an incident finding reaches the severity that was asked for. */
const failOn = (findings: readonly FindingJson[], severity: Severity | undefined): number =>
  severity !== undefined &&
  findings.some((finding) => finding.family === 'incident' && finding.status !== 'dismissed' && RANK[finding.severity] >= RANK[severity])
    ? exitCode.findings
    : exitCode.done;

const readCode = (summary: ImportSummary): number => (summary.failures.length > 0 ? exitCode.unread : exitCode.done);

const analyze = (session: Session, { only, baselineUntil, incidentFrom, secondLook }: Arguments): Promise<AnalysisResult> => {
  const choice = {
    ...(only === undefined ? {} : { only: [...only] }),
    ...(baselineUntil === undefined ? {} : { baselineUntil }),
    ...(incidentFrom === undefined ? {} : { incidentFrom }),
    ...(secondLook ? { secondLook } : {}),
  };
  return session.engine.call('case.analyze', choice, { signal: session.context.signal, onProgress: session.context.progress });
};

const looked = ({ secondLook }: AnalysisResult): readonly string[] => (secondLook === undefined ? [] : [secondLook]);

/** `spoor import CASE PATH…` */
export async function importCommand(args: Arguments): Promise<number> {
  const casePath = need(args.positionals[0], 'the case file');
  if (args.positionals.length < 2) throw new AppError('bad-params', 'nothing to import was named; see spoor --help');
  return withCase(casePath, { args, mode: 'create' }, async (session) => {
    const summary = await session.importPaths(args.paths.slice(1), { zone: args.timezone, replace: args.replace });
    if (args.json) {
      const { failures: _failures, ...json } = summary;
      sayJson(json);
      for (const failure of summary.failures) complain(`spoor: ${printable(failure.name)}: ${failure.code}: ${printable(failure.message)}`);
    } else sayImport(summary);
    return readCode(summary);
  });
}

/** `spoor analyze CASE` */
export async function analyzeCommand(args: Arguments): Promise<number> {
  return withCase(need(args.positionals[0], 'the case file'), { args, mode: 'write' }, async (session) => {
    const result = await analyze(session, args);
    const findings = await session.engine.call('findings.list', {});
    if (args.json) sayJson(result);
    else {
      sayClocks(await session.engine.call('sources.list', {}));
      for (const sentence of [result.baseline, ...looked(result), ...result.lists]) sayLine(sentence);
      sayFindings(findings, (await session.engine.call('case.info', {})).calls);
    }
    return failOn(findings, args.failOn);
  });
}

/** Writes the PDF of an HTML report, or says on standard error why not; a missing browser is no failure. */
async function pdfOrNote({ engine }: Session, order: PdfOrder): Promise<boolean> {
  try {
    await writeCheckedPdf(engine, printPdf, order);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'unavailable') throw thrown;
    complain(`spoor: no PDF: ${thrown.message}`);
    return false;
  }
}

/** Makes a folder that is to be written to. Errors: AppError `unreadable`. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new AppError(
      'unreadable',
      `the folder ${path} could not be made: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
}

/** `spoor audit PATH… --out DIR [--case FILE]` */
export async function auditCommand(args: Arguments): Promise<number> {
  if (args.positionals.length === 0) throw new AppError('bad-params', 'nothing to audit was named; see spoor --help');
  const out = resolve(need(args.out, '--out DIR'));
  // Before anything is replaced: a mistyped path must not cost the case that an earlier audit left.
  if (!args.positionals.some((path) => path === '-' || existsSync(path)))
    throw new AppError('unreadable', `${args.positionals.join(', ')}: no such file or folder`);
  const passphrase = passphraseOf(args);
  makeFolder(out);
  const casePath = args.caseFile ?? join(out, 'case.spoor');
  // Without --case the case is ours and made anew, so that the same bundle gives the same bytes.
  if (args.caseFile === undefined) for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(casePath + ending, { force: true });
  return withCase(casePath, { args, mode: 'create', passphrase }, async (session) => {
    const summary = await session.importPaths(args.paths, { zone: args.timezone, replace: args.replace });
    const result = await analyze(session, args);
    const findings = await session.engine.call('findings.list', {});
    // Before the report is written: where an export is stopped, what was read and found is said all the same.
    if (!args.json) {
      sayImport(summary);
      sayClocks(await session.engine.call('sources.list', {}));
      sayLine('');
      for (const line of [result.baseline, ...looked(result), ...result.lists]) sayLine(line);
      sayFindings(findings, (await session.engine.call('case.info', {})).calls);
    }
    warnOfClear(session, `what is written to ${out}`);
    const files = { html: join(out, 'report.html'), json: join(out, 'report.json'), csv: join(out, 'findings.csv') };
    // Standard input cannot be read twice.
    const again = [...args.positionals.filter((path) => path !== '-'), ...args.evidence];
    const evidence = [...new Set(again.map((path) => resolve(path)))].map((path) => ({ path }));
    for (const format of ['json', 'html', 'csv'] as const)
      await session.engine.call(
        'report.write',
        { format, path: files[format], ...howToWrite(args), ...(format === 'html' ? { evidence } : {}) },
        { signal: session.context.signal },
      );
    const pdf = join(out, 'report.pdf');
    const { signal } = session.context;
    const hasPdf = await pdfOrNote(session, { html: files.html, pdf, profile: args.profile, signal });
    const written = ['report.html', ...(hasPdf ? ['report.pdf'] : []), 'report.json', 'findings.csv'];
    await writeManifest(out, written);
    if (args.json) {
      const { failures: _failures, ...json } = summary;
      const bySeverity = Object.fromEntries(
        Object.keys(RANK).map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
      );
      sayJson({
        ...json,
        out,
        files: written,
        findings: { total: findings.length, bySeverity },
      });
    } else {
      sayLine('');
      sayLine(`Report: ${files.html}${hasPdf ? `, ${pdf}` : ''}, ${files.json}, ${files.csv}`);
    }
    return Math.max(failOn(findings, args.failOn), readCode(summary));
  });
}

/** `spoor query CASE 'QUERY' [--format ndjson|csv|har]` */
export async function queryCommand(args: Arguments): Promise<number> {
  const query = args.positionals[1] ?? '*';
  const format = args.format ?? (args.json ? 'ndjson' : 'table');
  if (format !== 'table' && format !== 'ndjson' && format !== 'csv' && format !== 'har')
    throw new AppError('bad-params', `rows come as a table, ndjson, csv or har, not ${format}`);
  return withCase(need(args.positionals[0], 'the case file'), { args, mode: 'read', quiet: true }, async (session) => {
    if (format !== 'table') {
      await session.engine.call(
        'query.write',
        { query, format, path: args.out ?? '-', ...(args.limit === undefined ? {} : { limit: args.limit }) },
        { signal: session.context.signal },
      );
      return exitCode.done;
    }
    const limit = args.limit ?? TABLE_ROWS;
    const rows: (readonly string[])[] = [];
    let total: number | undefined;
    do {
      const page = await session.engine.call(
        'calls.page',
        { query, from: rows.length, count: Math.min(PAGE, limit - rows.length) },
        { signal: session.context.signal },
      );
      ({ total } = page);
      if (page.rows.length === 0) break;
      for (const row of page.rows) {
        rows.push([
          row.time ?? '',
          row.principalLabel ?? '',
          row.method ?? '',
          row.host ?? '',
          row.path ?? '',
          String(row.status ?? ''),
          String(row.durationMs ?? ''),
          row.ref,
        ]);
      }
    } while (rows.length < Math.min(limit, total ?? limit));
    total ??= (await session.engine.call('calls.count', { query }, { signal: session.context.signal })).total;
    sayTable(['time (UTC)', 'principal', 'method', 'host', 'path', 'status', 'ms', 'ref'], rows);
    sayLine(`${String(rows.length)} of ${String(total)} calls${rows.length < total ? '; --limit N shows more' : ''}`);
    const wider = total === 0 ? withOtherSightings(query) : undefined;
    if (wider !== undefined) {
      const { total: seen } = await session.engine.call('calls.count', { query: wider }, { signal: session.context.signal });
      if (seen > 0) sayLine(`Another file shows these calls first; as second evidence it shows ${String(seen)}: ${wider}`);
    }
    return exitCode.done;
  });
}

/** `spoor formats` */
export function formatsCommand(args: Arguments): number {
  const rows = importers.map(({ id, title, extensions, holds }) => ({ id, title, extensions, holds }));
  if (args.json) sayJson(rows);
  else {
    for (const row of rows) sayLine(`${row.id}  ${row.title}  ${row.extensions.join(' ')}\n    ${row.holds}\n`);
    sayLine('Each is recognised by its content, whatever the file is called; --format-as ID overrules that.');
  }
  return exitCode.done;
}
