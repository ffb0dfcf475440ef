import { agentRunsBench } from './agent-runs.ts';
import { analysisBench } from './analysis.ts';
import type { Bench } from './bench.ts';
import { harBench } from './har.ts';
import { importBench } from './import.ts';
import { labelledTextBench } from './labelled-text.ts';
import { layoutBench } from './layout.ts';
import { openapiTemplatesBench } from './openapi-templates.ts';
import { payloadsBench } from './payloads.ts';
import { queryBench } from './query.ts';
import { uiBench } from './ui.ts';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [
  importBench,
  analysisBench,
  queryBench,
  uiBench,
  layoutBench,
  harBench,
  openapiTemplatesBench,
  payloadsBench,
  labelledTextBench,
  agentRunsBench,
];
