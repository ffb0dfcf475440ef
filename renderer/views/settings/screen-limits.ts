import type { Limit } from '#shared/model/limit.ts';
import { MAX_CHAIN_CALLS } from '../../query/chain-calls.ts';
import { MAX_NODES } from '../../charts/graph/model.ts';
import { SUGIYAMA_NODES } from '#shared/graph/sugiyama-layout.ts';
import { PATIENCE as USE_LAYOUT_PATIENCE } from '../../charts/graph/use-layout.ts';
import { DRAWN as RECORD_TEXT_DRAWN } from '../../widgets/call/record-text.tsx';
import { MAX_OFFERS } from '../../widgets/query/query-offers.ts';

/** Limits of what the screens draw; the rest comes from the host. */
export const screenLimits: readonly Limit[] = [
  {
    area: 'Screens',
    what: 'Calls of a chain on the screen',
    value: MAX_CHAIN_CALLS,
    unit: 'count',
    why: 'What is left out is said',
    where: 'renderer/query/chain-calls.ts',
    name: 'MAX_CHAIN_CALLS',
  },
  {
    area: 'Screens',
    what: 'Nodes of a graph',
    value: MAX_NODES,
    unit: 'count',
    why: 'Above, more is grouped',
    where: 'renderer/charts/graph/model.ts',
    name: 'MAX_NODES',
  },
  {
    area: 'Screens',
    what: 'Nodes that the fine layout gets',
    value: SUGIYAMA_NODES,
    unit: 'count',
    why: 'Its time grows faster than the graph; ours is linear',
    where: 'shared/graph/sugiyama-layout.ts',
    name: 'SUGIYAMA_NODES',
  },
  {
    area: 'Screens',
    what: 'Time for the fine layout',
    value: USE_LAYOUT_PATIENCE,
    unit: 'ms',
    why: 'Then the linear one is drawn',
    where: 'renderer/charts/graph/use-layout.ts',
    name: 'PATIENCE',
  },
  {
    area: 'Screens',
    what: 'Text of a record drawn at once',
    value: RECORD_TEXT_DRAWN,
    unit: 'characters',
    why: 'The rest is counted and can be copied',
    where: 'renderer/widgets/call/record-text.tsx',
    name: 'DRAWN',
  },
  {
    area: 'Screens',
    what: 'Completions offered',
    value: MAX_OFFERS,
    unit: 'count',
    why: 'More are found by typing on',
    where: 'renderer/widgets/query/query-offers.ts',
    name: 'MAX_OFFERS',
  },
];
