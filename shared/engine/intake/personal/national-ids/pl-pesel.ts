import type { NationalId } from './national-id.ts';
import { isMonthDay, weightedSum } from './weighted.ts';

/** Polish PESEL: date of birth with the century in the month, weights 1 3 7 9. Source: ustawa o ewidencji ludności. */
export const plPesel: NationalId = {
  id: 'pl-pesel',
  names: ['pesel', 'numerpesel'],
  isValid(text) {
    if (!/^\d{11}$/.test(text) || !isMonthDay(Number(text.slice(2, 4)) % 20, Number(text.slice(4, 6)))) return false;
    return (10 - (weightedSum(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(text.charAt(10));
  },
};
