import type { BenchContext, Figure } from './bench.ts';
import { CLOCKS, playClocks, type Clocks } from './truth-trees/clocks.ts';
import { chainsOf } from './truth-trees/feed.ts';
import { compareSets, pool, prefixed, toRatios, type Scores } from './truth/score.ts';
import { sayRatio, toTable } from './truth/table.ts';

/** Requests of one run: more than three hours of them. */
const REQUESTS = { small: 300, full: 1500 };

async function scoreClocks(clocks: Clocks, requests: number, seed: string): Promise<Scores> {
  const scene = playClocks(clocks, requests, seed);
  const said = await chainsOf(scene.files);
  const edges = new Set(said.edges.filter(({ from }) => !from.startsWith('client')).map(({ from, to }) => `${from} ${to}`));
  const same = new Set(said.same.map(([standing, other]) => `${standing} ${other}`));
  return { ...prefixed('edges', { ...compareSets(edges, scene.edges) }), ...prefixed('same', { ...compareSets(same, scene.same) }) };
}

/** A gateway's log, the spans of services and a client's capture without any shared id, on clocks that differ in five ways, each told by itself. */
export async function measureClocks({ small, seeds, firstSeed, say }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const rows: (readonly string[])[] = [];
  for (const clocks of CLOCKS) {
    const scores: Scores[] = [];
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1)
      scores.push(await scoreClocks(clocks, small ? REQUESTS.small : REQUESTS.full, String(seed)));
    const ratios = toRatios(pool(scores));
    rows.push([clocks.name, ...['edges.precision', 'edges.recall', 'edges.f1', 'same.f1'].map((key) => sayRatio(ratios[key]))]);
    const id = clocks.name.replaceAll(' ', '-');
    figures.push(
      {
        id: `chains.clocks-edges.${id}`,
        value: ratios['edges.f1'] ?? 0,
        unit: 'share',
        what: `requests behind requests without ids, ${clocks.name}: F1`,
      },
      {
        id: `chains.clocks-same.${id}`,
        value: ratios['same.f1'] ?? 0,
        unit: 'share',
        what: `one request in HAR and gateway log without ids, ${clocks.name}: F1`,
      },
    );
  }
  say('clocks, without any id:');
  for (const line of toTable([['', 'precision', 'recall', 'F1', 'same request F1'], ...rows])) say(line);
  return figures;
}
