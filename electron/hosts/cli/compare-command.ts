import { AppError } from '#shared/contract/errors.ts';
import type { Comparison, Differences, InventoryState } from '#shared/contract/compare.ts';
import { parseIsoTime } from '#shared/lib/iso-time.ts';
import { goneCounts, goneState } from '#shared/model/gone-finding.ts';
import { compareStates } from '#shared/engine/comparison/compare-states.ts';
import { writeComparison } from '#shared/engine/report/comparison/write-comparison.ts';
import { isEncrypted } from '#electron/node/encryption/case-key.ts';
import { nodeCrypto } from '../../node/crypto.ts';
import { openOutput } from '../../node/output-file.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { passphraseOf } from './passphrase-file.ts';
import { packageVersion } from './place.ts';
import { sayTable } from './print.ts';
import { sayJson, sayLine } from './terminal.ts';
import { withCase } from './session.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day or a moment; days begin at 00:00 UTC. Units: epoch µs. Errors: AppError `bad-params`. */
function momentOf(text: string): number {
  const parsed = parseIsoTime(DAY.test(text) ? `${text}T00:00:00Z` : text, 0);
  if (typeof parsed === 'string')
    throw new AppError('bad-params', `a window is FROM..TO, days or times such as 2026-10-01T08:00:00Z, not ${text}`);
  return parsed.time;
}

/** Units: µs. */
const DAY_LENGTH = 86_400_000_000;

/** `A..B`, from the first to just before the second; one day, `A` or `A..A`, is the whole of it. Errors: AppError `bad-params`. */
export function windowOf(text: string): { readonly from: number; readonly to: number } {
  const [first = '', second = first, more] = text.split('..');
  if (more !== undefined) throw new AppError('bad-params', `a window is FROM..TO, not ${text}`);
  const from = momentOf(first);
  const to = first === second && DAY.test(first) ? from + DAY_LENGTH : momentOf(second);
  if (from >= to) throw new AppError('bad-params', `the window ${text} ends before it begins; FROM..TO goes to just before TO`);
  return { from, to };
}

/** What a comparison takes of a case that is opened for reading. */
const stateOf = (args: Arguments, casePath: string, passphrase: string | undefined): Promise<InventoryState> =>
  withCase(casePath, { args, mode: 'read', quiet: true, passphrase }, (session) =>
    session.engine.call('inventory.state', {}, { signal: session.context.signal }),
  );

async function compareCases(args: Arguments): Promise<Comparison> {
  const [before, after] = [need(args.positionals[0], 'the earlier case'), need(args.positionals[1], 'the later case')];
  const first = passphraseOf(args);
  const second = args.passphraseFiles.length > 1 ? passphraseOf(args, 1) : first;
  // One of the two may be plain.
  const earlier = await stateOf(args, before, isEncrypted(before) ? first : undefined);
  return compareStates(earlier, await stateOf(args, after, isEncrypted(after) ? second : undefined));
}

const compareWindows = (args: Arguments, first: string, second: string): Promise<Comparison> =>
  withCase(need(args.positionals[0], 'the case file'), { args, mode: 'read', quiet: true }, (session) =>
    session.engine.call('inventory.compare', { before: windowOf(first), after: windowOf(second) }, { signal: session.context.signal }),
  );

function sayDifferences<T extends { readonly id: string }>(title: string, { new: come, gone, changed, same }: Differences<T>, show: (item: T) => string): void {
  sayLine(`${title}: ${String(come.length)} new, ${String(gone.length)} gone, ${String(changed.length)} changed, ${String(same)} the same`);
  const rows = [
    ...come.map((item) => ['new', show(item), '']),
    ...gone.map((item) => ['gone', show(item), '']),
    ...changed.map(({ after, changes }) => ['changed', show(after), changes.map(({ what, before, after: now }) => `${what}: ${before} → ${now}`).join(', ')]),
  ];
  if (rows.length > 0) sayTable(['', 'id', 'what'], rows);
  sayLine('');
} // prettier-ignore

function sayFindings({ fixed, new: come, persisting }: NonNullable<Comparison['findings']>): void {
  sayLine(`findings: ${goneCounts(fixed, String)}, ${String(come.length)} new, ${String(persisting.length)} persisting`);
  const rows = [
    ...fixed.map((finding) => [goneState(finding), finding.severity, finding.title]),
    ...come.map(({ severity, title }) => ['new', severity, title]),
    ...persisting.map(({ severity, title }) => ['persisting', severity, title]),
  ];
  if (rows.length > 0) sayTable(['', 'severity', 'finding'], rows);
  sayLine('');
}

function sayFigures({ versions: [before, after], rows }: NonNullable<Comparison['figures']>): void {
  sayLine(`figures, definitions of version ${String(before)}${before === after ? '' : ` before and ${String(after)} after`}`);
  sayTable(
    ['figure', 'before', 'after'],
    rows.map((row) => [row.label, row.before ?? '-', row.after ?? '-']),
  );
  sayLine('');
}

/** Rows of a printed drift; the whole of it is in `--json`. */
const MOST_DRIFT = 50;

function sayDrift(drift: NonNullable<Comparison['baseline']>): void {
  sayLine(`baselines: ${String(drift.length)} differences${drift.length > MOST_DRIFT ? `, the first ${String(MOST_DRIFT)} of them (all with --json)` : ''}`);
  const rate = (value: number | undefined): string => (value === undefined ? '-' : String(value));
  const rows = drift.slice(0, MOST_DRIFT).map(({ change, host, principal, endpoint, before, after }) => [change, [host, principal, endpoint].filter((name) => name !== undefined).join(' at '), rate(before), rate(after)]);
  if (rows.length > 0) sayTable(['', 'who, what', 'calls a day before', 'after'], rows);
  sayLine('');
} // prettier-ignore

function sayComparison(comparison: Comparison): void {
  const { before, after, endpoints, principals, dataTypes, findings, figures, baseline } = comparison;
  for (const [word, side] of [['before', before], ['after ', after]] as const)
    sayLine(`${word}: ${String(side.calls)} calls${side.window === undefined ? '' : `, ${side.window.join(' to ')}`}`);
  sayLine('');
  sayDifferences('endpoints', endpoints, ({ id, spec, sensitivity }) => `${id} (${spec}, ${sensitivity})`);
  sayDifferences('principals', principals, ({ id, kind }) => `${id} (${kind})`);
  sayLine(`kinds of data: new ${dataTypes.new.join(', ') || 'none'}; gone ${dataTypes.gone.join(', ') || 'none'}`);
  sayLine('');
  if (findings === undefined) sayLine('Findings are of a whole case and are not compared between windows.');
  else sayFindings(findings);
  if (figures !== undefined) sayFigures(figures);
  if (baseline !== undefined) sayDrift(baseline);
  sayLine('Growth by week (UTC):');
  sayTable(
    ['', 'week', 'calls', 'endpoints', 'new', 'principals', 'new', 'agents', 'new'],
    [['before', before] as const, ['after', after] as const].flatMap(([word, side]) =>
      side.weeks.map((week) => [word, week.week.slice(0, 10), ...[week.calls, week.endpoints, week.newEndpoints, week.callers, week.newCallers, week.agents, week.newAgents].map(String)]),
    ),
  );
} // prettier-ignore

/** The comparison as one HTML file, complete under its name or absent. */
async function writeReport(comparison: Comparison, path: string): Promise<void> {
  const output = openOutput(path);
  try {
    writeComparison(comparison, {
      version: packageVersion(),
      sha256Hex: (text) => nodeCrypto.sha256Hex(text),
      write: (text) => {
        output.write(text);
      },
    });
    await output.commit();
  } catch (thrown) {
    output.abandon();
    throw thrown;
  }
}

/** `spoor compare CASE CASE`, the earlier one first, or `spoor compare CASE --window A..B --with C..D` for two windows of one. */
export async function compareCommand(args: Arguments): Promise<number> {
  const { window, against } = args;
  if ((window === undefined) !== (against === undefined)) throw new AppError('bad-params', '--window and --with go together; see spoor --help');
  const isWindows = window !== undefined && against !== undefined;
  if (isWindows && args.positionals.length > 1) throw new AppError('bad-params', 'windows are of one case; see spoor --help');
  const comparison = isWindows ? await compareWindows(args, window, against) : await compareCases(args);
  if (args.out !== undefined) await writeReport(comparison, args.out);
  if (args.json) sayJson(comparison);
  else sayComparison(comparison);
  return exitCode.done;
} // prettier-ignore
