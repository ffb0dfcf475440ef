import type { BenchContext, Figure } from './bench.ts';
import { chainsOf, type SaidEdge } from './truth-trees/feed.ts';
import { FORMS, playSessions, type Planted, type PlantedScene } from './truth-values/sessions.ts';
import { playTools, type ToolScene } from './truth-values/tools.ts';
import { pool, toRatios, type Scores } from './truth/score.ts';
import { sayRatio } from './truth/table.ts';

const SESSIONS = { small: 20, full: 100 };
/** Calls of tools that one run plays. */
const TOOL_CALLS = { small: 150, full: 600 };

const pairOf = (from: string, to: string): string => `${from} ${to}`;

/** Pairs of an answer and a request: what was planted is found once any answer that held the value is said to be its source. */
function scoreScene({ planted, decoys }: PlantedScene, edges: readonly SaidEdge[]): Scores {
  const said = edges.filter(({ kinds }) => kinds.includes('value'));
  const pairs = new Set(said.map(({ from, to }) => pairOf(from, to)));
  const right = new Set(planted.flatMap(({ from, to }) => from.map((one) => pairOf(one, to))));
  const isFound = ({ from, to }: Planted): boolean => from.some((one) => pairs.has(pairOf(one, to)));
  const scores: Record<string, { sum: number; of: number }> = {
    'value.precision': { sum: said.filter(({ from, to }) => right.has(pairOf(from, to))).length, of: said.length },
    'value.recall': { sum: planted.filter(isFound).length, of: planted.length },
    decoys: { sum: said.filter(({ to }) => decoys.has(to)).length, of: 1 },
  };
  for (const form of FORMS) {
    const own = planted.filter((one) => one.form === form);
    scores[`form.${form}`] = { sum: own.filter(isFound).length, of: own.length };
  }
  return scores;
}

/** Calls from a log of tools into other logs against those that the tools made. */
function scoreTools({ made, shown }: ToolScene, edges: readonly SaidEdge[]): Scores {
  const said = edges.filter(({ from, to, kinds }) => kinds.includes('nesting') && from.startsWith('tools.') && !to.startsWith('tools.'));
  const right = new Set(made.map(({ from, to }) => pairOf(from, to)));
  const pairs = new Set(said.map(({ from, to }) => pairOf(from, to)));
  const found = (list: ToolScene['made']): { sum: number; of: number } => ({
    sum: list.filter(({ from, to }) => pairs.has(pairOf(from, to))).length,
    of: list.length,
  });
  const isRight = (edge: SaidEdge): boolean => right.has(pairOf(edge.from, edge.to));
  return {
    'tools.precision': { sum: said.filter(isRight).length, of: said.length },
    'tools.recall': found(made),
    'tools.shown.recall': found(shown),
    'tools.confidence': { sum: said.reduce((sum, { confidence }) => sum + confidence, 0), of: said.length },
  };
}

/** Calls of tools beside a gateway and a proxy that share no id with them, among people and programs that ask for the same things. */
async function measureTools({ small, seeds, firstSeed, say }: BenchContext): Promise<readonly Figure[]> {
  const all: Scores[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const scene = playTools(small ? TOOL_CALLS.small : TOOL_CALLS.full, String(seed));
    all.push(scoreTools(scene, (await chainsOf(scene.files)).edges));
  }
  const ratios = toRatios(pool(all));
  const told = ['tools.precision', 'tools.confidence', 'tools.recall', 'tools.shown.recall'].map((key) => sayRatio(ratios[key]));
  say(`calls that tools made, without a shared id: right, confidence, found, found of those that show an argument: ${told.join(', ')}`);
  return [
    {
      id: 'chains.tools.precision',
      value: ratios['tools.precision'] ?? 0,
      unit: 'share',
      what: 'calls that tools made: right, of what is said',
    },
    { id: 'chains.tools.recall', value: ratios['tools.recall'] ?? 0, unit: 'share', what: 'calls that tools made: found' },
  ];
}

/** Captures with values planted in ten spellings among decoys that prove nothing. */
export async function measurePlantedValues(context: BenchContext): Promise<readonly Figure[]> {
  const { small, seeds, firstSeed, say } = context;
  const all: Scores[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const scene = playSessions(small ? SESSIONS.small : SESSIONS.full, String(seed));
    all.push(scoreScene(scene, (await chainsOf(scene.files)).edges));
  }
  const pooled = pool(all);
  const ratios = toRatios(pooled);
  say('values planted in captures, found by spelling:');
  for (const form of FORMS) say(`  ${form}: ${sayRatio(ratios[`form.${form}`])}`);
  return [
    {
      id: 'chains.planted.precision',
      value: ratios['value.precision'] ?? 0,
      unit: 'share',
      what: 'planted values: right, of what is said',
    },
    { id: 'chains.planted.recall', value: ratios['value.recall'] ?? 0, unit: 'share', what: 'planted values: found' },
    {
      id: 'chains.planted.decoys',
      value: pooled['decoys']?.sum ?? 0,
      unit: 'ratio',
      what: 'edges into requests that hold decoys only (booleans, countries, page sizes, own id), a count',
    },
    ...(await measureTools(context)),
  ];
}
