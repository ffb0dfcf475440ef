import { measureCallTrees } from './call-trees.ts';
import { measureClocks } from './clocks.ts';
import { measurePlantedValues } from './planted-values.ts';
import { chainScores } from './truth/chains.ts';
import { scoreBench } from './truth/score-bench.ts';
import type { Bench } from './bench.ts';

/** Edges, values, sessions and doubled records of played scenarios against what really led to what. */
const scenarioBench = scoreBench({
  id: 'chains',
  question: 'Which requests led to which, and does the product say so?',
  score: async ({ truth, read }) => chainScores(truth, await read('whole')),
  what: {
    'edges.f1': 'requests behind requests, F1',
    'edges.ids-both.recall': 'requests behind requests, both ends show a shared id: found',
    'edges.ids-missing.recall': 'requests behind requests, an end or both without a shared id: found',
    'edges.ids-missing.precision': 'the same: right, of what is said',
    'value.precision': 'values from an answer into a request, with both places: right, of what is said',
    'value.recall': 'the same: found',
    'sessions.f1': 'calls of one session in one chain, B-cubed F1',
    'calibration.error': 'expected calibration error of the confidence of edges',
    'same.f1': 'one request in two sources is one call, F1 over pairs of records',
  },
});

/** The scenarios, then three sets of truth that each ask one hard thing: trees without ids, clocks, planted values beside decoys. */
export const chainsBench: Bench = {
  ...scenarioBench,
  run: async (context) => [
    ...(await scenarioBench.run(context)),
    ...(await measureCallTrees(context)),
    ...(await measureClocks(context)),
    ...(await measurePlantedValues(context)),
  ],
};
