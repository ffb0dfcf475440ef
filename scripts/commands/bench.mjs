import { at } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';

await ensureBuild();
process.exitCode = await run(process.execPath, [at('test/bench/run.ts'), ...process.argv.slice(2)]);
