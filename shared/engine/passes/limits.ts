import type { Limit } from '../../model/limit.ts';
import { MAX_CALLS, MAX_PAUSE, MAX_SPAN } from './chains/group.ts';
import { MAX_LOOK_BACK } from './chains/edges/value-edges.ts';
import { MAX_ENTRIES } from './chains/values/value-index.ts';
import { MAX_HOSTS } from './chains/write-chains.ts';
import { MAX_OPERATIONS } from './endpoints/inner-operations.ts';
import { MAX_SEGMENTS } from './endpoints/segment.ts';
import { MAX_WORDS } from './endpoints/place.ts';
import { MAX_NODES } from './endpoints/trie.ts';
import { MAX_PLACES } from './endpoints/data-uses.ts';
import { MAX_DRIFT_CALLS, MAX_DRIFT_PLACES } from './inventory/drift.ts';
import { MAX_USUAL } from './signals/usual.ts';
import { MAX_BODIES, MAX_HEADERS, MAX_SAMPLED } from './inventory/sample-sizes.ts';

/** Limits of chains and endpoints. */
export const analysisLimits: readonly Limit[] = [
  {
    area: 'Analysis',
    what: 'Operations told apart on one path',
    value: MAX_OPERATIONS,
    unit: 'count',
    why: 'Principals can invent names without end; calls of later ones count for the path itself',
    where: 'shared/engine/passes/endpoints/inner-operations.ts',
    name: 'MAX_OPERATIONS',
  },
  {
    area: 'Analysis',
    what: 'Calls of one chain',
    value: MAX_CALLS,
    unit: 'count',
    why: 'A longer one is no longer read by anyone',
    where: 'shared/engine/passes/chains/group.ts',
    name: 'MAX_CALLS',
  },
  {
    area: 'Analysis',
    what: 'Pause inside a chain',
    value: MAX_PAUSE,
    unit: 'µs',
    why: 'Longer pauses begin another piece of work, except within one trace',
    where: 'shared/engine/passes/chains/group.ts',
    name: 'MAX_PAUSE',
  },
  {
    area: 'Analysis',
    what: 'Length of a chain',
    value: MAX_SPAN,
    unit: 'µs',
    why: 'A cart that lives a week is no one piece of work',
    where: 'shared/engine/passes/chains/group.ts',
    name: 'MAX_SPAN',
  },
  {
    area: 'Analysis',
    what: 'Earlier answers compared for one value',
    value: MAX_LOOK_BACK,
    unit: 'count',
    why: 'The link is to a recent one or to none',
    where: 'shared/engine/passes/chains/edges/value-edges.ts',
    name: 'MAX_LOOK_BACK',
  },
  {
    area: 'Analysis',
    what: 'Values held to find links',
    value: MAX_ENTRIES,
    unit: 'count',
    why: 'About 20 bytes each; those that say least are left out',
    where: 'shared/engine/passes/chains/values/value-index.ts',
    name: 'MAX_ENTRIES',
  },
  {
    area: 'Analysis',
    what: 'Hosts listed for a chain',
    value: MAX_HOSTS,
    unit: 'count',
    why: 'A chain over more is a scan',
    where: 'shared/engine/passes/chains/write-chains.ts',
    name: 'MAX_HOSTS',
  },
  {
    area: 'Analysis',
    what: 'Segments of a path told apart',
    value: MAX_SEGMENTS,
    unit: 'count',
    why: 'What is deeper counts as one',
    where: 'shared/engine/passes/endpoints/segment.ts',
    name: 'MAX_SEGMENTS',
  },
  {
    area: 'Analysis',
    what: 'Different words at one place of a path',
    value: MAX_WORDS,
    unit: 'count',
    why: 'A place with more holds values',
    where: 'shared/engine/passes/endpoints/place.ts',
    name: 'MAX_WORDS',
  },
  {
    area: 'Analysis',
    what: 'Places kept of all paths of a case, and a quarter as many of paths that no server knew',
    value: MAX_NODES,
    unit: 'count',
    why: 'About 100 bytes each; what is new from there on counts as a value',
    where: 'shared/engine/passes/endpoints/trie.ts',
    name: 'MAX_NODES',
  },
  {
    area: 'Analysis',
    what: 'Data fields listed of one endpoint',
    value: MAX_PLACES,
    unit: 'count',
    why: 'Bodies with free keys have thousands',
    where: 'shared/engine/passes/endpoints/data-uses.ts',
    name: 'MAX_PLACES',
  },
  {
    area: 'Analysis',
    what: 'Places of drift listed of one endpoint',
    value: MAX_DRIFT_PLACES,
    unit: 'count',
    why: 'The most frequent; maps with free keys have thousands',
    where: 'shared/engine/passes/inventory/drift.ts',
    name: 'MAX_DRIFT_PLACES',
  },
  {
    area: 'Analysis',
    what: 'Calls kept behind one place of drift',
    value: MAX_DRIFT_CALLS,
    unit: 'count',
    why: 'Enough to see who does it; all are counted',
    where: 'shared/engine/passes/inventory/drift.ts',
    name: 'MAX_DRIFT_CALLS',
  },
  {
    area: 'Analysis',
    what: 'Bodies of one endpoint and status compared with its description',
    value: MAX_BODIES,
    unit: 'count',
    why: 'A sample that is the same every time; the report says how many',
    where: 'shared/engine/passes/inventory/sample-sizes.ts',
    name: 'MAX_BODIES',
  },
  {
    area: 'Analysis',
    what: 'Answers of one endpoint and status whose headers are looked at',
    value: MAX_HEADERS,
    unit: 'count',
    why: 'A server sends the same ones each time',
    where: 'shared/engine/passes/inventory/sample-sizes.ts',
    name: 'MAX_HEADERS',
  },
  {
    area: 'Analysis',
    what: 'Calls looked at for headers and bodies',
    value: MAX_SAMPLED,
    unit: 'count',
    why: 'Some ten seconds',
    where: 'shared/engine/passes/inventory/sample-sizes.ts',
    name: 'MAX_SAMPLED',
  },
  {
    area: 'Analysis',
    what: 'Principals, endpoints and pairs each whose habits are kept',
    value: MAX_USUAL,
    unit: 'count',
    why: 'The busiest; the others are judged by their kind',
    where: 'shared/engine/passes/signals/usual.ts',
    name: 'MAX_USUAL',
  },
];
