// `npm run scorecard [-- --long | FUZZ_SECONDS [KILLS]]`: the promises of SECURITY.md as numbers, each from a run that happens now.
// Short by default, some twenty minutes; `--long` takes hours. What this machine cannot run is printed so, with the reason.
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
const [seconds = isLong ? '3600' : '60', kills = isLong ? '250' : '10'] = words.filter((word) => word !== '--long');

await ensureBuild();
const env = childEnv(process.execPath, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: await ensureChromium(), SPOOR_ENGINE: BUILT_ENGINE });
mkdirSync(at('test-results'), { recursive: true });

const card = createCard();
// Cut short, a run that took half an hour still says what it came to.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    card.add('the rest', `not reached before ${signal}`, 'every row', false);
    card.print();
    process.exit(1);
  });
let broken = 0;
broken += await addNamed(card, env);
broken += await addFuzz(card, env, seconds);
broken += await addKills(card, env, kills);
broken += await addPower(card, env, isLong ? '100' : '40');
broken += await addHostile(card, env);
broken += await addAccess(card, env, isLong);
broken += await addNetwork(card, env, isLong);
broken += await addRebuilt(card, env, isLong ? '20' : '2');
broken += await addBuiltAgain(card, env);
broken += await addPackaged(card, isLong);
card.print();
process.exitCode = broken === 0 ? 0 : 1;
