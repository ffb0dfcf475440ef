import { join } from 'node:path';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, runSpoor, sizeOf } from './spoor.ts';
import { medianOf, sayBytes, sayMillis, sayRuns } from './statistics.ts';

const FORMATS = ['html', 'pdf'] as const;
type Format = (typeof FORMATS)[number];

interface Printed {
  /** Whole processes: start, opening the case, writing, and for a PDF two prints by a browser and the search of its text. Units: ms. */
  readonly millis: number;
  readonly bytes: number;
}

type Costs = Readonly<Record<Format, Printed>>;

async function measure(lines: number, runs: number, context: BenchContext): Promise<Costs> {
  const data = ensureData('kong', lines);
  const casePath = join(context.folder, `report-${String(lines)}.spoor`);
  const imported = await importWithSpoor(casePath, data.path);
  await runSpoor('analyze', casePath, '--quiet');
  const print = async (format: Format): Promise<Printed> => {
    const out = join(context.folder, `report-${String(lines)}.${format}`);
    const walls: number[] = [];
    let peak = 0;
    for (let run = 0; run < runs; run += 1) {
      const each = await runSpoor('report', casePath, '--format', format, '--out', out, '--quiet');
      walls.push(each.wall);
      peak = Math.max(peak, each.peak);
    }
    const bytes = sizeOf(out);
    context.say(`  ${format}: ${sayRuns(walls)}, ${sayBytes(bytes)}, peak memory ${sayBytes(peak)}`);
    return { millis: medianOf(walls), bytes };
  };
  context.say(`${lines.toLocaleString('en-US')} Kong lines: import ${sayMillis(imported.wall)}`);
  return { html: await print('html'), pdf: await print('pdf') };
}

const millis = (lines: string, costs: Costs): readonly Figure[] =>
  FORMATS.map((format) => ({
    id: `report.${lines}-${format}`,
    value: costs[format].millis,
    unit: 'ms',
    what: `time of spoor report --format ${format} of ${lines} calls, the whole process`,
  }));

/** The printed report of a large case: its annexes are bounded, so that neither time nor size should grow with the calls. */
export const reportBench: Bench = {
  id: 'report',
  question: 'How long do the HTML report and its PDF take on a large case, how large are they, and what do ten times the calls change?',
  run: async (context) => {
    needBuild();
    const small = await measure(100_000, context.runs, context);
    const figures = millis('100k', small);
    if (context.small) return figures;
    const large = await measure(1_000_000, 1, context);
    return [
      ...figures,
      ...millis('1m', large),
      ...FORMATS.flatMap((format): readonly Figure[] => [
        {
          id: `report.10x-${format}-time`,
          value: large[format].millis / small[format].millis,
          unit: 'ratio',
          what: `time of the ${format} for 10× the calls`,
        },
        {
          id: `report.10x-${format}-size`,
          value: large[format].bytes / small[format].bytes,
          unit: 'ratio',
          what: `size of the ${format} for 10× the calls`,
        },
      ]),
    ];
  },
};
