import type { NationalId } from './national-id.ts';
import { weightedSum } from './weighted.ts';

const LETTERS: Readonly<Record<string, string>> = {
  S: 'JZIHGFEDCBA',
  T: 'JZIHGFEDCBA',
  F: 'XWUTRQPNMLK',
  G: 'XWUTRQPNMLK',
  M: 'KLJNPQRTUWX',
};
const OFFSET: Readonly<Record<string, number>> = { S: 0, F: 0, T: 4, G: 4, M: 3 };

/**
 * Singapore's NRIC and FIN: weights 2 7 6 5 4 3 2, modulo 11, a letter by series.
 * Source: the rule is not published; this is the one in general use, tried on the series S, T, F, G and, since 2022, M.
 */
export const sgNric: NationalId = {
  id: 'sg-nric',
  names: ['nric', 'nricfin', 'fin', 'nricnumber'],
  form: /^[STFGM]\d{7}[A-Z]$/,
  isValid(text) {
    const first = text.charAt(0);
    const letters = LETTERS[first];
    if (letters === undefined || !/^[STFGM]\d{7}[A-Z]$/.test(text)) return false;
    const sum = weightedSum(text.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (OFFSET[first] ?? 0);
    const place = first === 'M' ? 10 - (sum % 11) : sum % 11;
    return letters.charAt(place) === text.charAt(8);
  },
};
