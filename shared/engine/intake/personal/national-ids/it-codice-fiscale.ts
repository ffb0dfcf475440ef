import type { NationalId } from './national-id.ts';

/** Values of letters and digits in odd places, for 0–9 and A–Z in this order. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian codice fiscale: the last letter is a sum modulo 26. Source: Decreto Ministeriale 23 December 1976. */
export const itCodiceFiscale: NationalId = {
  id: 'it-codice-fiscale',
  names: ['codicefiscale', 'codfiscale', 'fiscalcode'],
  form: /^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/,
  isValid(text) {
    if (!/^[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/.test(text)) return false;
    let sum = 0;
    for (let at = 0; at < 15; at += 1) {
      const code = text.charCodeAt(at);
      const value = code <= 57 ? code - 48 : code - 65;
      sum += at % 2 === 0 ? (ODD[value] ?? 0) : value;
    }
    return sum % 26 === text.charCodeAt(15) - 65;
  },
};
