import { hasLuhnSum } from '../card-number.ts';
import type { NationalId } from './national-id.ts';
import { isMonthDay } from './weighted.ts';

/** Swedish personal number: date of birth, serial, Luhn over the last ten digits. Source: Skatteverket, SKV 704. */
export const sePersonnummer: NationalId = {
  id: 'se-personnummer',
  names: ['personnummer', 'personnr', 'pnr', 'samordningsnummer'],
  form: /^(?:19|20)?\d{6}[-+]\d{4}$/,
  isValid(text) {
    const ten = text.replace('+', '').slice(-10);
    if (!/^(?:19|20)?\d{10}$/.test(text.replace('+', ''))) return false;
    // Coordination numbers add 60 to the day.
    const day = Number(ten.slice(4, 6));
    return isMonthDay(Number(ten.slice(2, 4)), day > 60 ? day - 60 : day) && hasLuhnSum(ten);
  },
};
