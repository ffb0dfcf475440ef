import type { Limit } from '../model/limit.ts';
import { MAX_SIGMA_CONDITIONS, MAX_SIGMA_DEPTH, MAX_SIGMA_RULES, MAX_SIGMA_VALUE } from './sizes.ts';

const where = 'shared/sigma/sizes.ts';
const area = 'Sigma rules';

/** Limits of Sigma rules, which strangers write. */
export const sigmaLimits: readonly Limit[] = [
  { area, what: 'Rules of a case', value: MAX_SIGMA_RULES, unit: 'count', why: 'Each reads every call once', where, name: 'MAX_SIGMA_RULES' }, // prettier-ignore
  { area, what: 'Values of a rule', value: MAX_SIGMA_CONDITIONS, unit: 'count', why: 'Each becomes some SQL', where, name: 'MAX_SIGMA_CONDITIONS' }, // prettier-ignore
  { area, what: 'Length of a value', value: MAX_SIGMA_VALUE, unit: 'characters', why: 'What is looked for in a call is far shorter', where, name: 'MAX_SIGMA_VALUE' }, // prettier-ignore
  { area, what: 'Nesting of a rule', value: MAX_SIGMA_DEPTH, unit: 'count', why: 'More is a mistake, and recursion must end', where, name: 'MAX_SIGMA_DEPTH' }, // prettier-ignore
];
