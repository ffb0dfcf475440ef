// `npm run scorecard [-- --whole | --long] [--for MINUTES] [--only PART,…]`: the promises of SECURITY.md as numbers, each from a run of this
// build. It works in turns of a few minutes, whose figures are kept in `test-results/scorecard.jsonl`: a sitting adds to what earlier ones did
// over the same build, and prints all of it; nothing that another build did is counted. Short by default, some twenty minutes on two quiet
// cores; `--whole` goes on to the sizes that a release wants, which takes hours; `--long` adds what takes 24. After `--for` minutes no turn is
// begun, with 0 none at all: what is kept is printed. What this machine cannot run is printed so, with the reason.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { at } from '../lib/paths.mjs';
import { childEnv } from '../lib/run.mjs';
import { createCard } from '../scorecard/card.mjs';
import { nameBuilds, openKept } from '../scorecard/kept.mjs';
import { addNamed } from '../scorecard/named.mjs';
import { addBuiltAgain, addPackaged } from '../scorecard/packaged.mjs';
import { addPower, fuzz, kills, rebuilt } from '../scorecard/runs.mjs';
import { addHostile, addIdle, addKeyboard, addScreensShutIn, network, states } from '../scorecard/screens.mjs';
import { latestOf, runTurns, single, total } from '../scorecard/turns.mjs';
import { BUILT_ENGINE, ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';

const OPTIONS = { whole: { type: 'boolean' }, long: { type: 'boolean' }, for: { type: 'string' }, only: { type: 'string' } };
const { values } = parseArgs({ options: OPTIONS });
const size = values.long ? 'long' : values.whole ? 'whole' : 'short';
const until = performance.now() + Number(values.for ?? Number.POSITIVE_INFINITY) * 60_000;

/** A day is another turn than a minute, and a hundred power losses than forty. */
const byLength = (size) => (size === 'long' ? 'long' : 'short');
/** The parts, and what each counts: the build, or the tests over it. */
const PARTS = {
  named: { of: 'tests', ...single(addNamed) },
  fuzz: { of: 'build', ...fuzz },
  kills: { of: 'build', ...kills },
  power: { of: 'build', ...single(addPower, byLength) },
  hostile: { of: 'tests', ...single(addHostile) },
  states: { of: 'tests', ...states },
  keyboard: { of: 'tests', ...single(addKeyboard) },
  screens: { of: 'tests', ...single(addScreensShutIn) },
  network: { of: 'tests', ...network },
  idle: { of: 'build', ...single(addIdle, byLength) },
  rebuilt: { of: 'build', ...rebuilt },
  built: { of: 'build', ...single(addBuiltAgain) },
  packaged: { of: 'build', ...single(addPackaged, byLength) },
};
const chosen = values.only?.split(',') ?? Object.keys(PARTS);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);

await ensureBuild();
const env = childEnv(process.execPath, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: await ensureChromium(), SPOOR_ENGINE: BUILT_ENGINE });
const builds = nameBuilds();
const kept = openKept(at('test-results/scorecard.jsonl'));

/** All that is kept of this build, whoever ran it. Exits with 0 when nothing went wrong and nothing of this size is wanting. */
function print(isCut) {
  const card = createCard();
  const turns = [];
  const lacking = [];
  let wrong = 0;
  for (const name of chosen) {
    const part = PARTS[name];
    const done = kept.list(builds[part.of], name);
    turns.push(...done);
    wrong += total(latestOf(done), 'wrong');
    if (done.length > 0) part.rows(card, done, size);
    if (part.next(done, size, new Set()) !== undefined) lacking.push(name);
  }
  process.exitCode = isCut || wrong > 0 || lacking.length > 0 ? 1 : 0;
  if (turns.length === 0) return void console.log(`nothing is kept of build ${builds.build}`);
  if (lacking.length > 0) card.add('parts with turns still wanting', lacking.join(', '), 'none', false);
  card.print();
  turns.sort((a, b) => a.at.localeCompare(b.at));
  const loads = turns.map(({ load }) => load).toSorted((a, b) => a - b);
  const hours = turns.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
  const others = kept.listOthers(Object.values(builds)).length;
  console.log(
    `build ${builds.build} with tests ${builds.tests}: ${turns.length} turns, ${hours.toFixed(2)} h, ${turns[0]?.at ?? '-'} to ${turns.at(-1)?.at ?? '-'}`,
  );
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${process.platform}, load ${loads[0] ?? '-'} to ${loads.at(-1) ?? '-'}; ${others} turns of other builds are kept and not counted`,
  );
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    print(true);
    process.exit(1);
  });
for (const name of chosen)
  await runTurns(PARTS[name], { kept, of: builds[PARTS[name].of], name, size, env, isOver: () => performance.now() >= until });
print(false);
