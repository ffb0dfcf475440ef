import type { NationalId } from './national-id.ts';

/** French social security number: sex, year, month, place, order and a key of 97 less the remainder modulo 97. Source: INSEE. */
export const frNir: NationalId = {
  id: 'fr-nir',
  names: ['nir', 'numerosecu', 'numerosecuritesociale', 'securitesociale', 'insee', 'numsecu'],
  form: /^[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}$/,
  isValid(text) {
    if (!/^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{8}$/.test(text)) return false;
    // Corsica: 2A counts as 19, 2B as 18.
    const body = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
    return /^\d{13}$/.test(body) && 97 - (Number(body) % 97) === Number(text.slice(13));
  },
};
