import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { worlds } from '#test/support/scenarios/worlds/index.ts';
import type { Form } from '#test/support/scenarios/core/truth.ts';

import { runProcess } from '../measure.ts';
import { ROOT } from '../places.ts';
import { runSpoor } from '../spoor.ts';
import { readExport, type Export } from './export.ts';
import { loadTruth, type Truth } from './load.ts';

/** What is played for one run. */
export interface Scene {
  readonly world: string;
  readonly seed: string;
  readonly days: number;
  readonly scale: number;
  readonly incident?: { readonly id: string; readonly form: Form };
}

/** A played scene and what the product says about it. */
export interface Played {
  readonly truth: Truth;
  /** Imports the evidence as a case of its own; `bare` without the descriptions of APIs. */
  readonly read: (evidence: 'whole' | 'bare') => Promise<Export>;
}

const MAKER = join(ROOT, 'test/support/scenarios/make-scenario.ts');
/** Runs at a time: each is mostly one busy process. */
const AT_ONCE = 2;

/** A scene as one word. */
export const slug = ({ world, seed, days, scale, incident }: Scene): string =>
  [world, incident?.id ?? 'clean', incident?.form ?? 'none', seed, `${String(days)}d`, `x${String(scale)}`].join('-');

/** The whole way of the command line, each step a process: import, passes and detectors, report, calls. */
async function readWithSpoor(folder: string, name: string, evidence: string): Promise<Export> {
  const [casePath, report, calls] = ['spoor', 'json', 'ndjson'].map((ending) => join(folder, `${name}.${ending}`));
  if (casePath === undefined || report === undefined || calls === undefined) throw new RangeError(name);
  await runSpoor('import', casePath, evidence, '--quiet', '--json');
  await runSpoor('analyze', casePath, '--quiet', '--json');
  await runSpoor('report', casePath, '--format', 'json', '--out', report, '--quiet');
  await runSpoor('query', casePath, '*', '--format', 'ndjson', '--out', calls, '--quiet');
  return readExport(report, calls);
}

function withoutDescriptions(folder: string, world: string): string {
  const documents = worlds.find(({ id }) => id === world)?.documents ?? {};
  const descriptions = new Set(Object.keys(documents).filter((path) => /\.(?:ya?ml|json)$/.test(path)));
  const bare = join(folder, 'bare/evidence');
  mkdirSync(bare, { recursive: true });
  cpSync(join(folder, 'evidence'), bare, {
    recursive: true,
    filter: (source) => !descriptions.has(relative(join(folder, 'evidence'), source)),
  });
  return bare;
}

/** Plays a scene below `parent`, hands it to `judge`, and removes it. */
export async function playScene<T>(parent: string, scene: Scene, judge: (played: Played) => Promise<T>): Promise<T> {
  const folder = join(parent, slug(scene));
  const { world, seed, days, scale, incident } = scene;
  const chosen = incident === undefined ? [] : ['--incident', incident.id, '--form', incident.form];
  const options = ['--world', world, '--seed', seed, '--days', String(days), '--scale', String(scale), '--out', folder];
  await runProcess(process.execPath, [MAKER, ...options, ...chosen]);
  try {
    return await judge({
      truth: loadTruth(folder),
      read: (evidence) =>
        readWithSpoor(folder, evidence, evidence === 'whole' ? join(folder, 'evidence') : withoutDescriptions(folder, world)),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Does something for every item, two at a time, until `isOver` says that no further one may begin.
 * Shape: results in the order of the items; none for those that were not begun.
 */
export async function twoAtATime<T, R>(items: readonly T[], task: (item: T) => Promise<R>, isOver = () => false): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (isOver()) return;
      results.set(index, await task(item));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...results].toSorted(([left], [right]) => left - right).map(([, result]) => result);
}
