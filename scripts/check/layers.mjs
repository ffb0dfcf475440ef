// Who may import whom (.dependency-cruiser.cjs), and proof that the tool looked: on a compiler it does not
// understand, dependency-cruiser reports "no violations" having read no module at all.
import { at } from '../lib/paths.mjs';
import { listFiles } from '../lib/sources.mjs';
import { capture } from '../lib/run.mjs';

const FOLDERS = ['electron', 'renderer', 'shared'];
const cli = at('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const { code, text } = await capture(process.execPath, [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS], {
  cwd: at(),
});
const start = text.indexOf('{');
if (start < 0) {
  console.error(`dependency-cruiser ended with ${code}:\n${text}`);
  process.exit(1);
}
const { modules, summary } = JSON.parse(text.slice(start));
const sources = FOLDERS.flatMap(listFiles).filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
const read = new Set(
  modules.filter((module) => module.dependencies.length > 0 || module.dependents.length > 0).map((module) => module.source),
);
const unread = sources.filter((path) => !modules.some((module) => module.source === path));
const unresolved = modules.filter((module) => module.couldNotResolve).map((module) => module.source);

for (const { from, to, rule } of summary.violations.filter((each) => each.rule.severity === 'error'))
  console.error(`${from} must not import ${to} (${rule.name})`);
for (const path of unread) console.error(`${path} was not looked at`);
for (const name of unresolved) console.error(`${name} is imported but cannot be found`);
const tooFew = read.size < sources.length / 2;
if (tooFew) console.error(`only ${read.size} of ${sources.length} modules have any import: the tool did not read them`);
if (summary.error > 0 || unread.length > 0 || unresolved.length > 0 || tooFew) process.exit(1);
console.log(`${sources.length} modules, ${summary.totalDependenciesCruised} imports, no violation`);
