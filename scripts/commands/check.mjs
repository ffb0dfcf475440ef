// Everything that can be said about the sources without running them. `npm run check -- lint format` runs only those.
import { runChecks } from '../check/steps.mjs';

const { failed } = await runChecks(process.argv.slice(2));
process.exitCode = failed === 0 ? 0 : 1;
