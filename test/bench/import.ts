import { join } from 'node:path';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData, type Data } from './data.ts';
import { ensureDuckDb, importWithDuckDb } from './duckdb.ts';
import { ensureGoAccess, reportWithGoAccess } from './goaccess.ts';
import { repeat, type ProcessRun } from './measure.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, sizeOf } from './spoor.ts';
import { medianOf, sayBytes, sayMillis, sayRuns } from './statistics.ts';

const FORMATS = [
  { format: 'kong', duckDb: 'json', title: 'Kong JSON lines' },
  { format: 'combined', duckDb: 'combined', title: 'NGINX combined lines' },
] as const;
const SMALL = 100_000;
const LARGE = 1_000_000;

type Format = (typeof FORMATS)[number];

const sayCount = (count: number): string => count.toLocaleString('en-US');
const walls = (runs: readonly ProcessRun[]): readonly number[] => runs.map(({ wall }) => wall);

interface Pair {
  readonly data: Data;
  readonly spoor: readonly ProcessRun[];
  readonly duckDb: readonly ProcessRun[];
}

/** Both in turn, so that a machine that slows down slows both. */
async function runPair({ format, duckDb, title }: Format, lines: number, runs: number, context: BenchContext): Promise<Pair> {
  const data = ensureData(format, lines);
  const casePath = join(context.folder, `${format}.spoor`);
  const both = await repeat(runs, async () => ({
    spoor: await importWithSpoor(casePath, data.path),
    duckDb: await importWithDuckDb(duckDb, data.path, join(context.folder, 'other.duckdb')),
  }));
  const pair = { data, spoor: both.map(({ spoor }) => spoor), duckDb: both.map((run) => run.duckDb) };
  const middle = medianOf(walls(pair.spoor));
  context.say(`${sayCount(lines)} ${title}, ${sayBytes(data.bytes)}`);
  context.say(
    `  spoor import:  ${sayRuns(walls(pair.spoor))}, ${sayCount(Math.round((lines / middle) * 1000))} lines/s, peak memory ${sayBytes(Math.max(...pair.spoor.map(({ peak }) => peak)))}, case ${sayBytes(sizeOf(casePath))} (${(sizeOf(casePath) / data.bytes).toFixed(2)} of the evidence)`,
  );
  context.say(`  DuckDB:        ${sayRuns(walls(pair.duckDb))}, peak memory ${sayBytes(Math.max(...pair.duckDb.map(({ peak }) => peak)))}`);
  return pair;
}

/** GoAccess's report of the same file, where the program is installed or can be. */
async function goAccessFigure(data: Data, spoorMillis: number, context: BenchContext): Promise<readonly Figure[]> {
  if (!ensureGoAccess()) {
    context.say('  GoAccess is not installed here: not compared');
    return [];
  }
  const run = await reportWithGoAccess(data.path, join(context.folder, 'goaccess.json'));
  context.say(`  GoAccess:      ${sayMillis(run.wall)} for its report, 1 run`);
  return [
    {
      id: 'import.combined-vs-goaccess',
      value: spoorMillis / run.wall,
      unit: 'ratio',
      what: 'time of spoor import ÷ time of GoAccess, combined',
    },
  ];
}

async function runFormat(format: Format, context: BenchContext): Promise<readonly Figure[]> {
  const small = await runPair(format, SMALL, context.runs, context);
  const ratioTo = (pair: Pair): number => medianOf(walls(pair.spoor)) / medianOf(walls(pair.duckDb));
  const figures: Figure[] = [
    {
      id: `import.${format.format}-100k-vs-duckdb`,
      value: ratioTo(small),
      unit: 'ratio',
      what: `time of spoor import ÷ time of DuckDB, ${format.format}, 100,000 lines`,
    },
  ];
  if (context.small) return figures;
  const large = await runPair(format, LARGE, 1, context);
  const peak = (pair: Pair): number => Math.max(...pair.spoor.map((run) => run.peak));
  figures.push(
    {
      id: `import.${format.format}-1m-vs-duckdb`,
      value: ratioTo(large),
      unit: 'ratio',
      what: `time of spoor import ÷ time of DuckDB, ${format.format}, 1,000,000 lines`,
    },
    {
      id: `import.${format.format}-10x-time`,
      value: medianOf(walls(large.spoor)) / medianOf(walls(small.spoor)),
      unit: 'ratio',
      what: `time for 10× the ${format.format} lines`,
    },
    {
      id: `import.${format.format}-10x-memory`,
      value: peak(large) / peak(small),
      unit: 'ratio',
      what: `peak memory for 10× the ${format.format} lines`,
    },
    {
      id: `import.${format.format}-case-size`,
      value: sizeOf(join(context.folder, `${format.format}.spoor`)) / large.data.bytes,
      unit: 'ratio',
      what: `case on disk ÷ evidence, ${format.format}`,
    },
  );
  if (format.format === 'combined') figures.push(...(await goAccessFigure(large.data, medianOf(walls(large.spoor)), context)));
  return figures;
}

/** Import against DuckDB. */
export const importBench: Bench = {
  id: 'import',
  question:
    'How long does it take to bring a log into an indexed case, compared with DuckDB reading the same file into a table, and with a tenth of it?',
  run: async (context) => {
    needBuild();
    ensureDuckDb();
    context.say('Both are whole processes, start included; DuckDB writes a database file and builds no index.');
    const figures: Figure[] = [];
    for (const format of FORMATS) figures.push(...(await runFormat(format, context)));
    return figures;
  },
};
