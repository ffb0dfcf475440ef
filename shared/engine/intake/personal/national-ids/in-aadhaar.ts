import type { NationalId } from './national-id.ts';

/** The dihedral group of order ten, and the permutation of places (J. Verhoeff, 1969). */
const PRODUCT = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PLACES = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

function hasVerhoeffSum(digits: string): boolean {
  let check = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    check = Number(PRODUCT[check]?.charAt(Number(PLACES[at % 8]?.charAt(digit))));
  }
  return check === 0;
}

/** Indian Aadhaar number: twelve digits, not beginning with 0 or 1, Verhoeff's check digit. Source: UIDAI. */
export const inAadhaar: NationalId = {
  id: 'in-aadhaar',
  names: ['aadhaar', 'aadhar', 'aadhaarnumber', 'aadharnumber', 'uidai'],
  form: /^[2-9]\d{3}([ -])\d{4}\1\d{4}$/,
  isValid: (text) => /^[2-9]\d{11}$/.test(text) && hasVerhoeffSum(text),
};
