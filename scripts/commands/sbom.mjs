// A bill of materials of everything in the lock file, as CycloneDX, by npm itself; to dist/ or the path given.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const [path = at('dist/spoor.cdx.json')] = process.argv.slice(2);
const { code, text } = await capture('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--sbom-type', 'application'], {
  cwd: at(),
});
// npm's warnings come before the document.
const document = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
if (code !== 0 || document === '') {
  console.error(text);
  process.exit(1);
}
const { components } = JSON.parse(document);
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, `${document}\n`);
console.log(`${components.length} components written to ${path}`);
