/**
 * Fits what the path templates know of words: `node test/bench/fit/fit-words.ts` writes `word-weights.ts`, with
 * `--words` instead `api-vocabulary.ts`, which the weights stand on.
 * It learns from descriptions of public APIs, without the providers whose descriptions the bench `openapi-templates` asks about.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { AMONG_NAMES, SIGN_NAMES, signsAmong } from '#shared/engine/passes/endpoints/word-signs.ts';
import { seededRandom } from '#test/support/large/random.ts';
import { ensureNpmPackage } from '../fetch-package.ts';
import { PACKAGE, readSpecs, SPECS } from '../openapi-templates.ts';
import { makeRequests, type TruthRequest } from '../truth-openapi/requests.ts';
import { chooseSpecs, listFiles, providerOf, readSpec, type TruthSpec } from '../truth-openapi/specs.ts';
import { chanceOf, fit } from './logistic.ts';
import { labelPlaces, toExamples, type LabelledPlace } from './places.ts';

const OUT = join(import.meta.dirname, '../../../shared/engine/passes/endpoints');
/** Requests are made from so many descriptions at most; the vocabulary is counted over all. */
const MOST_SPECS = 400;
const [FIRST_EPOCHS, SECOND_EPOCHS] = [12, 15] as const;
/** Real traffic is uneven: some operations are called a thousand times as often as others. */
const [UNEVEN_MEDIAN, UNEVEN_SPREAD, UNEVEN_MOST] = [0.7, 1.4, 30] as const;

/** A bundle of an hour, or one person's recording: most operations are seen once or never. */
const SPARSE = [0.15, 0.03] as const;

/** Fixed segments by how many providers have them; words with digits are left out. */
function countWords(specs: readonly TruthSpec[]): ReadonlyMap<string, number> {
  const providers = new Map<string, Set<string>>();
  for (const spec of specs) {
    for (const segment of spec.templates.flatMap(({ path }) => path.split('/'))) {
      const word = segment.toLowerCase();
      if (!/^[a-z][a-z_-]+$/.test(word)) continue;
      const known = providers.get(word) ?? new Set<string>();
      providers.set(word, known.add(providerOf(spec.name)));
    }
  }
  return new Map([...providers].map(([word, has]) => [word, has.size]));
}

function uneven(requests: readonly TruthRequest[], seed: string): readonly TruthRequest[] {
  const random = seededRandom(seed);
  const times = new Map<string, number>();
  return requests.flatMap((request) => {
    const key = request.template ?? request.path;
    const known = times.get(key) ?? Math.min(UNEVEN_MOST, random.around(UNEVEN_MEDIAN, UNEVEN_SPREAD));
    times.set(key, known);
    const count = known < 1 ? (random.chance(known) ? 1 : 0) : Math.round(known * (0.3 + 1.4 * random.next()));
    return Array.from({ length: count }, () => request);
  });
}

function thin(requests: readonly TruthRequest[], share: number, seed: string): readonly TruthRequest[] {
  const random = seededRandom(`${seed}/${String(share)}`);
  return requests.filter(() => random.chance(share));
}

function wrap(words: readonly string[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const word of words) {
    if (line.length + word.length > 130) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

function writeVocabulary(counts: ReadonlyMap<string, number>, providers: number): void {
  const between = (low: number, high: number): string =>
    wrap(
      [...counts]
        .filter(([, count]) => count >= low && count <= high)
        .map(([word]) => word)
        .toSorted(),
    );
  const text = `/**
 * Words that public APIs use as fixed segments of their paths, by how many providers do.
 * Source: counted over ${String(providers)} providers of the APIs.guru collection (${PACKAGE}, CC0); written by \`test/bench/fit/fit-words.ts\`.
 */

/** Of ten providers or more. */
const IN_MANY = \`\n${between(10, Infinity)}\`;

/** Of four to nine. */
const IN_SOME = \`\n${between(4, 9)}\`;

/** Of two or three. */
const IN_FEW = \`\n${between(2, 3)}\`;

const RANKS = new Map<string, number>(
  [IN_FEW, IN_SOME, IN_MANY].flatMap((list, index) =>
    list
      .trim()
      .split(/\\s+/)
      .map((word): [string, number] => [word, index + 1]),
  ),
);

/** How usual a word is as a fixed segment: 3 many, 2 some, 1 few APIs have it, 0 none that we know. Any case. */
export function rankOfWord(word: string): number {
  return RANKS.get(word.toLowerCase()) ?? 0;
}
`;
  writeFileSync(join(OUT, 'api-vocabulary.ts'), text);
}

function writeWeights(first: readonly number[], second: readonly number[], places: number): void {
  const table = (names: readonly string[], weights: readonly number[]): string =>
    names.map((name, index) => `  ${name}: ${(weights[index] ?? 0).toFixed(2)},`).join('\n');
  const text = `/**
 * How much each sign speaks for a value (above 0) or for a word of its own (below): weights of two logistic regressions.
 * Source: fitted on ${places.toLocaleString('en-US')} places of public APIs by \`test/bench/fit/fit-words.ts\`, which writes this file.
 */

/** By a word's own signs. */
export const FIRST_LOOK = {
${table(SIGN_NAMES, first)}
} as const;

/** Knowing what its siblings are thought to be. */
export const SECOND_LOOK = {
${table([...SIGN_NAMES, ...AMONG_NAMES], second)}
} as const;
`;
  writeFileSync(join(OUT, 'word-weights.ts'), text);
}

function main(): void {
  const fetched = ensureNpmPackage(PACKAGE);
  if (fetched.kind === 'absent') throw new Error(`${PACKAGE} could not be fetched: ${fetched.reason}`);
  const folder = join(fetched.folder, 'api');
  const asked = new Set(readSpecs(folder, SPECS).map(({ name }) => providerOf(name)));
  const others = listFiles(folder).filter((file) => !asked.has(providerOf(file)));
  const specs = others.flatMap((file) => readSpec(folder, file) ?? []);
  const providers = new Set(specs.map(({ name }) => providerOf(name))).size;
  const counts = countWords(specs);
  if (process.argv.includes('--words')) {
    writeVocabulary(counts, providers);
    console.log(`${String(counts.size)} words of ${String(providers)} providers`);
    return;
  }
  const chosen = chooseSpecs(folder, seededRandom('train'))
    .filter((file) => !asked.has(providerOf(file)))
    .flatMap((file) => readSpec(folder, file) ?? [])
    .slice(0, MOST_SPECS);
  const places = chosen.flatMap((spec): readonly LabelledPlace[] => {
    const requests = makeRequests(spec, seededRandom('train-requests'));
    return [requests, uneven(requests, `uneven/${spec.name}`), ...SPARSE.map((share) => thin(requests, share, spec.name))].flatMap(
      labelPlaces,
    );
  });
  if (places[0]?.signs[0]?.length !== SIGN_NAMES.length) throw new Error('signs and their names differ in number');
  const first = fit(
    toExamples(places, () => undefined),
    FIRST_EPOCHS,
  );
  const second = fit(
    toExamples(places, ({ siblings, signs }) =>
      signsAmong(
        siblings,
        signs.map((each) => chanceOf(first, each)),
      ),
    ),
    SECOND_EPOCHS,
  );
  writeWeights(first, second, places.length);
  console.log(`${String(places.length)} places of ${String(chosen.length)} descriptions`);
}

if (import.meta.main) main();
