/** `npm run bench [-- NAME… --small --runs N]`: answers the questions in `benches.ts`; ends with 1 when a figure is above its budget. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Bench } from './bench.ts';
import { benches } from './benches.ts';
import { judge, readBudgets, sayFigure } from './budget.ts';
import { describeMachine } from './machine.ts';
import { FETCHED } from './places.ts';

const DEFAULT_RUNS = 3;

interface Options {
  readonly names: readonly string[];
  readonly small: boolean;
  readonly runs: number;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { small: { type: 'boolean', default: false }, runs: { type: 'string', default: String(DEFAULT_RUNS) } },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`--runs is a whole number above 0, not ${values.runs}`);
  const unknown = positionals.filter((name) => !benches.some(({ id }) => id === name));
  if (unknown.length > 0) throw new RangeError(`no bench ${unknown.join(', ')}; there are ${benches.map(({ id }) => id).join(', ')}`);
  return { names: positionals, small: values.small, runs };
}

/** Runs one bench in a folder of its own. Gives how many figures are above their budget. */
async function runBench(bench: Bench, { small, runs }: Options): Promise<number> {
  console.log(`\n${bench.id}: ${bench.question}`);
  mkdirSync(FETCHED, { recursive: true });
  // Beside the fetched programs, not in the system's folder for temporary files: that one may be in memory.
  const folder = mkdtempSync(join(FETCHED, `${bench.id}-`));
  try {
    const budgets = readBudgets();
    const figures = await bench.run({
      small,
      runs,
      folder,
      say: (line) => {
        console.log(`  ${line}`);
      },
    });
    for (const figure of figures) console.log(`  ${sayFigure(figure, budgets[figure.id])}`);
    return figures.filter((figure) => judge(figure, budgets[figure.id]).endsWith(' THE BUDGET')).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  console.log(`machine: ${describeMachine()}`);
  let above = 0;
  for (const bench of benches) if (options.names.length === 0 || options.names.includes(bench.id)) above += await runBench(bench, options);
  console.log(above === 0 ? '\nNo figure is above its budget.' : `\n${String(above)} above budget.`);
  process.exitCode = above === 0 ? 0 : 1;
}

await main();
