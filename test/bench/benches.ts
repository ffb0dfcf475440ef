import { agentRunsBench } from './agent-runs.ts';
import { analysisBench } from './analysis.ts';
import type { Bench } from './bench.ts';
import { chainMemoryBench } from './chain-memory.ts';
import { chainScreenBench } from './chain-screen.ts';
import { chainsBench } from './chains.ts';
import { classifyBench } from './classify.ts';
import { detectBench } from './detect.ts';
import { encryptedBench } from './encrypted.ts';
import { harBench } from './har.ts';
import { identityBench } from './identity.ts';
import { importBench } from './import.ts';
import { labelledTextBench } from './labelled-text.ts';
import { largePackBench } from './large-pack.ts';
import { layoutBench } from './layout.ts';
import { openapiTemplatesBench } from './openapi-templates.ts';
import { payloadsBench } from './payloads.ts';
import { queryBench } from './query.ts';
import { reportBench } from './report.ts';
import { templatesBench } from './templates.ts';
import { uiBench } from './ui.ts';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [
  importBench,
  encryptedBench,
  analysisBench,
  queryBench,
  reportBench,
  largePackBench,
  uiBench,
  chainScreenBench,
  layoutBench,
  harBench,
  openapiTemplatesBench,
  payloadsBench,
  labelledTextBench,
  agentRunsBench,
  chainMemoryBench,
  chainsBench,
  templatesBench,
  identityBench,
  classifyBench,
  detectBench,
];
