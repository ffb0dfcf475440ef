import type { Limit } from '../../model/limit.ts';
import { MAX_LOOKED_UP } from './bola-enumeration.ts';
import { MAX_CALLS } from './flow/run-calls.ts';

/** Limits of detectors. */
export const detectorLimits: readonly Limit[] = [
  {
    area: 'Analysis',
    what: 'Ids of a walk whose origin is looked up',
    value: MAX_LOOKED_UP,
    unit: 'count',
    why: 'The share is steady long before',
    where: 'shared/engine/detectors/bola-enumeration.ts',
    name: 'MAX_LOOKED_UP',
  },
  {
    area: 'Analysis',
    what: 'Calls to one outside host that are looked at',
    value: MAX_CALLS,
    unit: 'count',
    why: 'A host that gets more is part of the daily work',
    where: 'shared/engine/detectors/flow/run-calls.ts',
    name: 'MAX_CALLS',
  },
];
