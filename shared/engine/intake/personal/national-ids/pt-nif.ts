import type { NationalId } from './national-id.ts';
import { weightedSum } from './weighted.ts';

/** Portuguese tax number: weights 9 to 2, modulo 11. Source: Autoridade Tributária. */
export const ptNif: NationalId = {
  id: 'pt-nif',
  names: ['nif', 'contribuinte', 'numerocontribuinte', 'nifpt'],
  isValid(text) {
    if (!/^[1235689]\d{8}$/.test(text)) return false;
    const rest = 11 - (weightedSum(text, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    return (rest > 9 ? 0 : rest) === Number(text.charAt(8));
  },
};
