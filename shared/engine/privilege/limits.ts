import type { Limit } from '../../model/limit.ts';
import { MAX_NAMED } from './reach.ts';
import { MAX_SUBJECTS } from './subjects.ts';

/** Limits of least privilege. */
export const privilegeLimits: readonly Limit[] = [
  {
    area: 'Analysis',
    what: 'Principals that a smallest policy is written for',
    value: MAX_SUBJECTS,
    unit: 'count',
    why: 'Those of incidents, agents and the busiest come first; nobody reviews more',
    where: 'shared/engine/privilege/subjects.ts',
    name: 'MAX_SUBJECTS',
  },
  {
    area: 'Analysis',
    what: 'Endpoints within reach and never called that are named',
    value: MAX_NAMED,
    unit: 'count',
    why: 'The most sensitive first; all are counted',
    where: 'shared/engine/privilege/reach.ts',
    name: 'MAX_NAMED',
  },
];
