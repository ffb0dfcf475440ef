// Writes every generated list; with --check writes nothing and exits 1 when one is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { replacePart } from './generator.ts';
import { generators } from './generators.ts';

const root = resolve(import.meta.dirname, '../../..');
const check = process.argv.includes('--check');
let stale = 0;

for (const generator of generators) {
  const path = resolve(root, generator.file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const made = await generator.make();
  const after = generator.part === undefined ? made : replacePart(before, generator.part, made);
  const name = generator.part === undefined ? generator.file : `${generator.file} (${generator.part})`;
  if (after === before) continue;
  stale += 1;
  if (!check) writeFileSync(path, after);
  console.error(check ? `${name} is stale` : `${name} written`);
}

if (check && stale > 0) process.exit(1);
console.log(`${generators.length} generated lists, ${stale} ${check ? 'stale' : 'written'}`);
