// The command line from a checkout. Standard output belongs to the command alone.
import { at, callerFolder } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';

await ensureBuild();
process.exitCode = await run(process.execPath, [at('out/cli/spoor.js'), ...process.argv.slice(2)], { cwd: callerFolder });
