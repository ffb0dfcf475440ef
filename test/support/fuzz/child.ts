import { writeFileSync } from 'node:fs';
import { seededRandom } from '../large/random.ts';
import { keepCrash, keepInput, readCorpus } from './files.ts';
import { fuzz } from './session.ts';
import { fuzzTargets } from './targets/index.ts';

// One process of a run: works on the targets it is given, and may die of an input, which the run then finds under `current`.
const [seed = '', milliseconds = '0', current = '', ...ids] = process.argv.slice(2);

for (const id of ids) {
  const target = fuzzTargets.find((each) => each.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  let crashes = 0;
  const tries = await fuzz(
    target,
    { random: seededRandom(`${seed}/${id}`), durationMs: Number(milliseconds), corpus: readCorpus(id) },
    {
      onTry: (_, input) => {
        writeFileSync(current, input);
      },
      onNew: (_, input) => {
        keepInput(id, input);
      },
      onCrash: ({ input, why }) => {
        crashes += 1;
        process.send?.({ crash: keepCrash(id, input, why), why });
      },
    },
  );
  process.send?.({ done: id, tries, crashes });
}
process.disconnect();
