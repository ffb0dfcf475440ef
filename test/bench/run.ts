/**
 * `npm run bench [-- NAME… --small --runs N --seeds N --first-seed N --worlds A,B --incidents A,B --scenes loud,quiet,clean --minutes N --keep]`: answers the questions in `benches.ts`;
 * ends with 1 when a figure is beyond its budget. `--keep` appends the figures to `history.jsonl`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Bench, Figure } from './bench.ts';
import { benches } from './benches.ts';
import { findBudget, isBroken, judge, readBudgets, sayFigure } from './budget.ts';
import { findLast, keep, readHistory, readPlace, sayChange, toHistoryLine } from './history.ts';
import { describeMachine } from './machine.ts';
import { readOptions, type Options } from './options.ts';
import { FETCHED } from './places.ts';

const say = (line: string): void => {
  console.log(`  ${line}`);
};

/** Compares with what was kept last, and keeps these figures where that is asked for. */
function remember(bench: Bench, options: Options, figures: readonly Figure[]): void {
  const line = toHistoryLine(readPlace(), bench.id, options, figures);
  say(sayChange(findLast(readHistory(), line), line));
  if (options.keep) keep(line);
}

/** Runs one bench in a folder of its own. Gives how many figures are beyond their budget. */
async function runBench(bench: Bench, options: Options): Promise<number> {
  console.log(`\n${bench.id}: ${bench.question}`);
  mkdirSync(FETCHED, { recursive: true });
  // Beside the fetched programs, not in the system's folder for temporary files: that one may be in memory.
  const folder = mkdtempSync(join(FETCHED, `${bench.id}-`));
  try {
    const budgets = readBudgets();
    const figures = await bench.run({ ...options, folder, say });
    for (const figure of figures) say(sayFigure(figure, findBudget(budgets, figure.id)));
    remember(bench, options, figures);
    return figures.filter((figure) => isBroken(judge(figure, findBudget(budgets, figure.id)))).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), benches);
  console.log(`machine: ${describeMachine()}`);
  let beyond = 0;
  for (const bench of benches) if (options.names.length === 0 || options.names.includes(bench.id)) beyond += await runBench(bench, options);
  console.log(beyond === 0 ? '\nEvery figure is within its budget.' : `\n${String(beyond)} beyond budget.`);
  process.exitCode = beyond === 0 ? 0 : 1;
}

await main();
