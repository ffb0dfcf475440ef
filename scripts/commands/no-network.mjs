// `npm run no-network [-- --all | --shard I/N | SPEC… | --idle SECONDS]`: the end-to-end suite, whole or some of it, or a workbench that
// nobody touches, in a network that leads nowhere, under a trace.
import { at } from '../lib/paths.mjs';
import { childEnv, run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';

await ensureBuild();
const env = childEnv(process.execPath, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: await ensureChromium() });
const [first, ...rest] = process.argv.slice(2);
const [program, words] = first === '--idle' ? ['idle', rest] : ['whole', process.argv.slice(2)];
process.exitCode = await run(process.execPath, [at(`test/support/network/${program}.ts`), ...words], { cwd: at(), env });
