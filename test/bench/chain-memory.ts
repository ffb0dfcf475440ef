import { join } from 'node:path';

import type { Bench, BenchContext } from './bench.ts';
import { ensureData } from './data.ts';
import { runProcess } from './measure.ts';
import { needBuild } from './places.ts';
import { importWithSpoor } from './spoor.ts';
import { sayBytes, sayMillis } from './statistics.ts';

/** Calls of the smaller case; the larger has four times as many. */
const CALLS = { small: 50_000, full: 250_000 };
const TIMES = 4;

const SCRIPT = join(import.meta.dirname, 'run-passes.ts');

async function measure(lines: number, { folder, say }: BenchContext): Promise<number> {
  const casePath = join(folder, `chains-${String(lines)}.spoor`);
  await importWithSpoor(casePath, ensureData('kong', lines).path);
  // What chains need of other passes is found in another process: its memory is not that of chains.
  await runProcess(process.execPath, [SCRIPT, casePath, 'principals', 'endpoints']);
  const { peak, wall, output } = await runProcess(process.execPath, [SCRIPT, casePath, 'chains']);
  say(`${lines.toLocaleString('en-US')} Kong lines: peak memory ${sayBytes(peak)}, ${sayMillis(wall)} (1 run): ${output.trim()}`);
  return peak;
}

/** Memory of the pass that rebuilds chains, alone in its process. */
export const chainMemoryBench: Bench = {
  id: 'chain-memory',
  question: 'How does the memory for rebuilding chains grow with the calls?',
  run: async (context) => {
    needBuild();
    const calls = context.small ? CALLS.small : CALLS.full;
    const peak = await measure(calls, context);
    const larger = await measure(TIMES * calls, context);
    const added = (larger - peak) / ((TIMES - 1) * calls);
    context.say(`${added.toFixed(0)} bytes for each call more`);
    return [
      { id: 'chain-memory.4x', value: larger / peak, unit: 'ratio', what: 'peak memory of the chains pass for 4× the calls' },
      { id: 'chain-memory.bytes-a-call', value: added, unit: 'bytes', what: 'peak memory of the chains pass for each call more' },
    ];
  },
};
