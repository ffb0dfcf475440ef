import type { BenchContext, Figure } from './bench.ts';
import { fittedDelays } from './truth-peers/fitted-delays.ts';
import { lastOpen } from './truth-peers/last-open.ts';
import { chainsOf } from './truth-trees/feed.ts';
import { playTrees } from './truth-trees/play.ts';
import { peerScores, treeScores } from './truth-trees/score.ts';
import { APPS } from './truth-trees/shapes.ts';
import { toSpans } from './truth-trees/spans.ts';
import { pool, toRatios, type Scores } from './truth/score.ts';
import { sayRatio, toTable } from './truth/table.ts';

/** Requests from outside that one run plays. */
const REQUESTS = { small: 200, full: 1000 };
/** Times the usual load. */
const LOADS = [1, 5];

interface Measured {
  readonly app: string;
  readonly load: number;
  readonly product: Scores;
  readonly lastOpen: Scores;
  readonly fitted: Scores;
}

const f1 = (scores: Scores): number | undefined => toRatios(scores)['edges.f1'];

function rowOf(name: string, list: readonly Measured[]): readonly string[] {
  const ratios = toRatios(pool(list.map(({ product }) => product)));
  return [
    name,
    ...['edges.precision', 'edges.recall', 'edges.f1', 'calibration.error'].map((key) => sayRatio(ratios[key])),
    sayRatio(f1(pool(list.map((one) => one.fitted)))),
    sayRatio(f1(pool(list.map((one) => one.lastOpen)))),
  ];
}

/**
 * Trees of services that pass no id on, with known parents, at usual load and at five times that: the product beside the latest open request and beside
 * delays fitted to a known call graph (`truth-peers`).
 */
export async function measureCallTrees({ small, seeds, firstSeed, say }: BenchContext): Promise<readonly Figure[]> {
  const measured: Measured[] = [];
  for (const app of APPS)
    for (const load of LOADS)
      for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
        const calls = playTrees(app, small ? REQUESTS.small : REQUESTS.full, load, String(seed));
        const { edges } = await chainsOf({ 'spans.jsonl': toSpans(calls) });
        measured.push({
          app: app.name,
          load,
          product: treeScores(calls, edges),
          lastOpen: peerScores(calls, lastOpen(calls)),
          fitted: peerScores(calls, fittedDelays(calls)),
        });
      }
  const named = (name: string, load: number): readonly Measured[] =>
    measured.filter((one) => one.load === load && (name === '' || one.app === name));
  say('trees of services without any id:');
  const rows = LOADS.flatMap((load) =>
    [...APPS.map(({ name }) => name), ''].map((name) => rowOf(`${name === '' ? 'all' : name}, load x${String(load)}`, named(name, load))),
  );
  for (const line of toTable([['', 'precision', 'recall', 'F1', 'calibration', 'fitted F1', 'last open F1'], ...rows])) say(line);
  return LOADS.flatMap((load) => {
    const ratios = toRatios(pool(named('', load).map(({ product }) => product)));
    const floor = f1(pool(named('', load).map(({ fitted }) => fitted))) ?? 0;
    const what = `requests behind requests, services without ids at ${String(load)} times the usual load`;
    const value = ratios['edges.f1'] ?? 0;
    return [
      { id: `chains.trees-x${String(load)}.f1`, value, unit: 'share', what: `${what}, F1` },
      {
        id: `chains.trees-x${String(load)}.errors`,
        value: (1 - value) / (1 - floor),
        unit: 'ratio',
        what: `${what}: 1 - F1 against that of delays fitted to a known call graph`,
      },
    ] satisfies readonly Figure[];
  });
}
