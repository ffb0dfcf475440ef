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

/** Peaks of one run. Units: bytes. */
interface Peaks {
  readonly resident: number;
  readonly arrays: number;
}

async function measure(lines: number, { folder, say }: BenchContext): Promise<Peaks> {
  const casePath = join(folder, `chains-${String(lines)}.spoor`);
  await importWithSpoor(casePath, ensureData('kong', lines).path);
  // What chains need of other passes is found in another process: its memory is not that of chains.
  await runProcess(process.execPath, [SCRIPT, casePath, 'principals', 'endpoints']);
  const { peak, wall, output } = await runProcess(process.execPath, [SCRIPT, casePath, 'chains']);
  const [sentence = '', arrays = ''] = output.trim().split('\n');
  say(
    `${lines.toLocaleString('en-US')} Kong lines: peak memory ${sayBytes(peak)}, of that in arrays ${sayBytes(Number(arrays))}, ${sayMillis(wall)} (1 run): ${sentence}`,
  );
  return { resident: peak, arrays: Number(arrays) };
}

/** Memory of the pass that rebuilds chains, alone in its process. */
export const chainMemoryBench: Bench = {
  id: 'chain-memory',
  question: 'How does the memory for rebuilding chains grow with the calls?',
  run: async (context) => {
    needBuild();
    const calls = context.small ? CALLS.small : CALLS.full;
    const smaller = await measure(calls, context);
    const larger = await measure(TIMES * calls, context);
    const added = (of: keyof Peaks): number => (larger[of] - smaller[of]) / ((TIMES - 1) * calls);
    context.say(
      `for each call more: ${added('arrays').toFixed(0)} bytes of arrays, ${added('resident').toFixed(0)} bytes by the system, which counts a page cache that still fills and what V8 has yet to collect`,
    );
    return [
      {
        id: 'chain-memory.4x',
        value: larger.resident / smaller.resident,
        unit: 'ratio',
        what: 'peak memory of the chains pass for 4× the calls',
      },
      {
        id: 'chain-memory.bytes-a-call',
        value: added('arrays'),
        unit: 'bytes',
        what: 'arrays that the chains pass holds at most, for each call more',
      },
    ];
  },
};
