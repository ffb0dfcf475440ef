/**
 * Plays a scenario into a folder: `node test/support/scenarios/make-scenario.ts --world shop --incident ID --form quiet --out DIR`.
 * `--seed TEXT --days N --scale N`; without `--incident` the benign twin. The evidence is below `evidence/`, the truth below `truth/`.
 */
import { parseArgs } from 'node:util';

import { playScenario } from './index.ts';

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} is a number above 0, not ${text}`);
  return value;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      world: { type: 'string', default: 'shop' },
      incident: { type: 'string' },
      form: { type: 'string', default: 'loud' },
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '3' },
      scale: { type: 'string', default: '1' },
      out: { type: 'string', default: 'scenario' },
    },
  });
  if (values.form !== 'loud' && values.form !== 'quiet') throw new RangeError(`--form is loud or quiet, not ${values.form}`);
  const { truth, bytes } = playScenario({
    world: values.world,
    seed: values.seed,
    days: toNumber('days', values.days),
    scale: toNumber('scale', values.scale),
    folder: values.out,
    incidents: values.incident === undefined ? [] : [{ id: values.incident, form: values.form }],
  });
  for (const source of truth.sources) console.log(`${source.name}: ${String(source.records)} records`);
  console.log(`${values.out}: ${String(truth.calls)} calls, ${String(bytes)} bytes`);
}
