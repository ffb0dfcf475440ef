import { analysisBench } from './analysis.ts';
import type { Bench } from './bench.ts';
import { chainsBench } from './chains.ts';
import { classifyBench } from './classify.ts';
import { detectBench } from './detect.ts';
import { harBench } from './har.ts';
import { identityBench } from './identity.ts';
import { importBench } from './import.ts';
import { layoutBench } from './layout.ts';
import { queryBench } from './query.ts';
import { templatesBench } from './templates.ts';
import { uiBench } from './ui.ts';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [
  importBench,
  analysisBench,
  queryBench,
  uiBench,
  layoutBench,
  harBench,
  chainsBench,
  templatesBench,
  identityBench,
  classifyBench,
  detectBench,
];
