import { at } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

process.exitCode = await run(process.execPath, [at('test/support/power/run.ts'), ...process.argv.slice(2)]);
