import { at } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

process.exitCode = await run(process.execPath, [at('test/support/kill/run.ts'), ...process.argv.slice(2)]);
