import { join } from 'node:path';

import type { Bench } from './bench.ts';
import { ensureData } from './data.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, sizeOf } from './spoor.ts';
import { sayBytes, sayMillis } from './statistics.ts';

const SMALL_MB = 100;
const LARGE_MB = 1000;

/** Memory of a HAR import: flat, or not. */
export const harBench: Bench = {
  id: 'har',
  question: 'Does the memory for importing a HAR grow with the file?',
  run: async (context) => {
    needBuild();
    const measure = async (megabytes: number): Promise<{ readonly peak: number; readonly wall: number }> => {
      const data = ensureData('har', megabytes);
      const casePath = join(context.folder, `har-${String(megabytes)}.spoor`);
      const run = await importWithSpoor(casePath, data.path);
      context.say(
        `HAR of ${sayBytes(data.bytes)}: ${sayMillis(run.wall)} (1 run), ${sayBytes((data.bytes / run.wall) * 1000)}/s, peak memory ${sayBytes(run.peak)} of all processes together, case ${sayBytes(sizeOf(casePath))} (${(sizeOf(casePath) / data.bytes).toFixed(2)} of the evidence)`,
      );
      return run;
    };
    const small = await measure(SMALL_MB);
    if (context.small) return [];
    const large = await measure(LARGE_MB);
    return [
      { id: 'har.10x-memory', value: large.peak / small.peak, unit: 'ratio', what: 'peak memory for 10× the HAR' },
      { id: 'har.10x-time', value: large.wall / small.wall, unit: 'ratio', what: 'time for 10× the HAR' },
      { id: 'har.1gb-peak-vs-500mb', value: large.peak / 500e6, unit: 'ratio', what: 'peak memory for a HAR of 1 GB ÷ 500 MB' },
    ];
  },
};
