// The one way in: `npm start|run build|run check|test|…` all land here, on whatever Node the machine has.
// Finds a Node that fits, makes the dependencies current, then hands over to scripts/commands/<name>.mjs on that Node.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode } from './setup/node.mjs';
import { childEnv, run } from './lib/run.mjs';
import { at } from './lib/paths.mjs';

const [command = '', ...rest] = process.argv.slice(2);
const script = at('scripts/commands', `${command}.mjs`);
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
  console.error(
    'usage: node scripts/bootstrap.mjs start|build|check|test|bench|spoor|generate|sample|screenshots|kill|power|fuzz|no-network|sbom|scorecard [-- arguments]',
  );
  process.exit(2);
}
const args = rest[0] === '--' ? rest.slice(1) : rest;

try {
  const node = await ensureNode();
  await ensureDependencies(node);
  process.exitCode = await run(node, ['--import', pathToFileURL(at('scripts/lib/plain-errors.mjs')).href, script, ...args], {
    env: childEnv(node),
    cwd: process.cwd(),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 70;
}
