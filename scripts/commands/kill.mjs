import { at } from '../lib/paths.mjs';
import { childEnv, run } from '../lib/run.mjs';
import { BUILT_ENGINE, ensureBuild } from '../setup/build.mjs';

await ensureBuild();
const env = childEnv(process.execPath, { SPOOR_ENGINE: BUILT_ENGINE });
process.exitCode = await run(process.execPath, [at('test/support/kill/run.ts'), ...process.argv.slice(2)], { env });
