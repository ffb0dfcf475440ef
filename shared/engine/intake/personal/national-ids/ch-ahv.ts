import type { NationalId } from './national-id.ts';
import { weightedSum } from './weighted.ts';

/** Swiss AHV number: 756, then an EAN-13 check digit. Source: ZAS, AHVN13. */
export const chAhv: NationalId = {
  id: 'ch-ahv',
  names: ['ahv', 'ahvnummer', 'ahvnr', 'avs', 'numeroavs', 'ahvn13'],
  form: /^756\.\d{4}\.\d{4}\.\d{2}$/,
  isValid: (text) =>
    /^756\d{10}$/.test(text) && (10 - (weightedSum(text, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(text.charAt(12)),
};
