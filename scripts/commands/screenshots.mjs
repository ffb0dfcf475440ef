import { at } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';

await ensureBuild();
process.exitCode = await run(process.execPath, [at('test/support/screenshots.ts'), ...process.argv.slice(2)]);
