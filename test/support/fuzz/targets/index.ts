import type { FuzzTarget } from '../target.ts';
import { archiveTarget } from './archives.ts';
import { caseFileTarget, encryptedCaseTarget } from './case-file.ts';
import { exportsTarget } from './exports.ts';
import { importerTargets, recognizeTarget } from './importers.ts';
import { methodTarget } from './methods.ts';
import { queryTarget } from './query.ts';

/** FUZZ TARGET REGISTRY: importers come from their own registry. Named, so that a crash that was kept finds its way back. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...importerTargets,
  recognizeTarget,
  archiveTarget,
  queryTarget,
  caseFileTarget,
  encryptedCaseTarget,
  methodTarget,
  exportsTarget,
];
