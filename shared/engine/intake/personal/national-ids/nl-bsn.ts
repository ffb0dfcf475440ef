import type { NationalId } from './national-id.ts';
import { weightedSum } from './weighted.ts';

/** Dutch citizen service number: weights 9 to 2 and −1, a multiple of 11 ("elfproef"). Source: Logisch Ontwerp BSN. */
export const nlBsn: NationalId = {
  id: 'nl-bsn',
  names: ['bsn', 'burgerservicenummer', 'sofinummer'],
  isValid: (text) => /^\d{9}$/.test(text) && Number(text) > 0 && weightedSum(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
};
