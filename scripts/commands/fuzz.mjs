import { at } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

process.exitCode = await run(process.execPath, [at('test/support/fuzz/run.ts'), ...process.argv.slice(2)]);
