// `npm run scorecard [-- --long | --only PART,… | FUZZ_SECONDS [KILLS]]`: the promises of SECURITY.md as numbers, each from a run that
// happens now. Short by default, some twenty minutes on two quiet cores; `--long` takes hours. What this machine cannot run is printed so,
// with the reason; a run that is cut short prints what it has.
import { mkdirSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { childEnv } from '../lib/run.mjs';
import { createCard } from '../scorecard/card.mjs';
import { addNamed } from '../scorecard/named.mjs';
import { addBuiltAgain, addPackaged } from '../scorecard/packaged.mjs';
import { addFuzz, addKills, addPower, addRebuilt } from '../scorecard/runs.mjs';
import { addAccess, addHostile, addNetwork } from '../scorecard/screens.mjs';
import { BUILT_ENGINE, ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';

const words = process.argv.slice(2);
const isLong = words.includes('--long');
const only = words.includes('--only') ? (words[words.indexOf('--only') + 1] ?? '').split(',') : undefined;
const [seconds = isLong ? '3600' : '60', kills = isLong ? '250' : '10'] = words.filter((word) => /^\d+$/.test(word));

/** Each part adds its rows and gives how many of its runs were not as they should be. */
const PARTS = {
  named: (card, env) => addNamed(card, env),
  fuzz: (card, env) => addFuzz(card, env, seconds),
  kills: (card, env) => addKills(card, env, kills),
  power: (card, env) => addPower(card, env, isLong ? '100' : '40'),
  hostile: (card, env) => addHostile(card, env),
  access: (card, env) => addAccess(card, env, isLong),
  network: (card, env) => addNetwork(card, env, isLong),
  rebuilt: (card, env) => addRebuilt(card, env, isLong ? '20' : '2'),
  built: (card, env) => addBuiltAgain(card, env),
  packaged: (card) => addPackaged(card, isLong),
};
const chosen = only ?? Object.keys(PARTS);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);

await ensureBuild();
const env = childEnv(process.execPath, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: await ensureChromium(), SPOOR_ENGINE: BUILT_ENGINE });
mkdirSync(at('test-results'), { recursive: true });

const card = createCard();
const left = [...chosen];
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    card.add(`parts not reached: ${left.join(', ')}`, `cut short by ${signal}`, 'all', false);
    card.print();
    process.exit(1);
  });
let broken = 0;
for (const name of chosen) {
  broken += await PARTS[name](card, env);
  left.shift();
}
card.print();
process.exitCode = broken === 0 ? 0 : 1;
