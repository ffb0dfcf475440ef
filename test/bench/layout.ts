import type { LayoutInput } from '#shared/graph/layered-layout.ts';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph } from '#renderer/charts/graph/model.ts';
import { layoutGraph } from '#shared/graph/sugiyama-layout.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { seededRandom, type Random } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { repeat } from './measure.ts';
import { medianOf, p95Of, sayRuns } from './statistics.ts';

const RUNS = 20;
/** Edges for each node, as in call graphs of services. */
const EDGE_SHARE = 1.3;
const CHAIN_CALLS = 5000;
const NODE = { width: 180, height: 44 };

/** A random graph without circles whose edges are mostly short, as causes and effects are. */
function randomGraph(random: Random, nodes: number): LayoutInput {
  const edges: (readonly [number, number])[] = Array.from(
    { length: nodes - 1 },
    (_, index) => [Math.max(0, index - random.int(0, 6)), index + 1] as const,
  );
  for (let more = Math.round(nodes * (EDGE_SHARE - 1)); more > 0; more -= 1) {
    const from = random.int(0, nodes - 2);
    edges.push([from, Math.min(nodes - 1, from + random.int(1, 12))]);
  }
  return { nodes: Array.from({ length: nodes }, () => NODE), edges };
}

/** A chain as an agent's long run gives it: mostly one after the other, sometimes several from one cause. */
function longChain(random: Random): { readonly calls: readonly CallRow[]; readonly edges: readonly EdgeJson[] } {
  const refOf = (index: number): string => `kong.jsonl#${String(index + 1)}`;
  const calls = Array.from({ length: CHAIN_CALLS }, (_, index): CallRow => ({
    id: index,
    ref: refOf(index),
    timeKind: 'start',
    time: `2026-10-01T00:00:00.${String(index).padStart(6, '0')}Z`,
    durationMs: 20,
    method: 'GET',
    host: 'api.acme.test',
    endpoint: `GET api.acme.test/v1/things-${String(random.int(0, 59))}/{id}`,
    status: 200,
    format: 'kong-json',
    findings: 0,
  }));
  const edges = calls.slice(1).map((call, index): EdgeJson => ({
    from: refOf(Math.max(0, index - (random.chance(0.3) ? random.int(1, 8) : 0))),
    to: call.ref,
    kind: 'value',
    kinds: ['value'],
    confidence: 0.9,
    why: '',
  }));
  return { calls, edges };
}

async function time(task: () => unknown): Promise<readonly number[]> {
  task();
  return repeat(RUNS, () => {
    const started = performance.now();
    task();
    return performance.now() - started;
  });
}

async function runLayout(context: BenchContext): Promise<readonly Figure[]> {
  const random = seededRandom('layout');
  const graphs = { '100': randomGraph(random, 100), '400': randomGraph(random, 400), '4000': randomGraph(random, 4000) };
  const chain = longChain(random);
  const tasks: readonly (readonly [id: string, what: string, task: () => unknown])[] = [
    ['100', '100 nodes, the way the screen takes it (d3-dag)', () => layoutGraph(graphs['100'], true)],
    ['400', '400 nodes, the way the screen takes it (layers of our own)', () => layoutGraph(graphs['400'], true)],
    ['4000', '4,000 nodes, layers of our own', () => layoutGraph(graphs['4000'], true)],
    [
      'chain',
      `folding a chain of ${CHAIN_CALLS.toLocaleString('en-US')} calls into a graph`,
      () => toGraph(chain.calls, chain.edges, UNTOUCHED),
    ],
  ];
  const medians = new Map<string, number>();
  const figures: Figure[] = [];
  for (const [id, what, task] of tasks) {
    const times = await time(task);
    context.say(`${what}: ${sayRuns(times)}`);
    medians.set(id, medianOf(times));
    if (id !== '4000') figures.push({ id: `layout.${id}`, value: p95Of(times), unit: 'ms', what: `p95, ${what}` });
  }
  return [
    ...figures,
    {
      id: 'layout.10x-time',
      value: (medians.get('4000') ?? 0) / (medians.get('400') ?? 1),
      unit: 'ratio',
      what: 'time for 10× the nodes, layers of our own',
    },
  ];
}

/** Placing the nodes of the chain graph. */
export const layoutBench: Bench = {
  id: 'layout',
  question: 'How long does placing a chain graph take, and does it stay linear?',
  run: runLayout,
};
