import type { Limit } from '../model/limit.ts';
import { queryLimits } from '../query/limits.ts';
import { sigmaLimits } from '../sigma/limits.ts';
import { detectorLimits } from './detectors/limits.ts';
import { importerLimits } from './importers/limits.ts';
import { intakeLimits } from './intake/limits.ts';
import { jobLimits } from './jobs/limits.ts';
import { analysisLimits } from './passes/limits.ts';
import { privilegeLimits } from './privilege/limits.ts';
import { reportLimits } from './report/limits.ts';
import { storeLimits } from './store/limits.ts';

/** LIMIT REGISTRY of the engine: every limit that decides what is read, kept, linked or shown. */
export const engineLimits: readonly Limit[] = [
  ...importerLimits,
  ...jobLimits,
  ...intakeLimits,
  ...queryLimits,
  ...sigmaLimits,
  ...storeLimits,
  ...analysisLimits,
  ...detectorLimits,
  ...privilegeLimits,
  ...reportLimits,
];
