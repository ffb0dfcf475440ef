import { join } from 'node:path';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, runSpoor } from './spoor.ts';
import { sayBytes, sayMillis } from './statistics.ts';

interface Costs {
  readonly importMillis: number;
  readonly analysisMillis: number;
}

async function measure(lines: number, context: BenchContext): Promise<Costs> {
  const data = ensureData('kong', lines);
  const casePath = join(context.folder, `analysis-${String(lines)}.spoor`);
  const imported = await importWithSpoor(casePath, data.path);
  const analyzed = await runSpoor('analyze', casePath, '--json', '--quiet');
  const result = JSON.parse(analyzed.output) as { readonly findings: number; readonly chains: number };
  context.say(
    `${lines.toLocaleString('en-US')} Kong lines: import ${sayMillis(imported.wall)}, analysis ${sayMillis(analyzed.wall)} (1 run), ${result.chains.toLocaleString('en-US')} chains, ${String(result.findings)} findings, peak memory ${sayBytes(analyzed.peak)}`,
  );
  return { importMillis: imported.wall, analysisMillis: analyzed.wall };
}

/** Passes and detectors against import, and against a tenth of the data. */
export const analysisBench: Bench = {
  id: 'analysis',
  question: 'How long do all passes and detectors take, compared with the import of the same calls, and with a tenth of them?',
  run: async (context) => {
    needBuild();
    const small = await measure(100_000, context);
    const figures: Figure[] = [
      {
        id: 'analysis.100k-vs-import',
        value: small.analysisMillis / small.importMillis,
        unit: 'ratio',
        what: 'time of analysis ÷ time of import, 100,000 calls',
      },
    ];
    if (context.small) return figures;
    const large = await measure(1_000_000, context);
    return [
      ...figures,
      {
        id: 'analysis.1m-vs-import',
        value: large.analysisMillis / large.importMillis,
        unit: 'ratio',
        what: 'time of analysis ÷ time of import, 1,000,000 calls',
      },
      {
        id: 'analysis.10x-time',
        value: large.analysisMillis / small.analysisMillis,
        unit: 'ratio',
        what: 'time of analysis for 10× the calls',
      },
    ];
  },
};
