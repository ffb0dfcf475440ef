import { ensureBuild } from '../setup/build.mjs';

await ensureBuild({ always: process.argv.includes('--always') });
