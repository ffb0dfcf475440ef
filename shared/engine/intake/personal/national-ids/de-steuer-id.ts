import type { NationalId } from './national-id.ts';

/** German tax number of a person. Source: ISO/IEC 7064 MOD 11,10 as §139b AO's Steuer-ID uses it; one digit stands twice or three times. */
export const deSteuerId: NationalId = {
  id: 'de-steuer-id',
  names: ['steuerid', 'steueridentifikationsnummer', 'steuernummer', 'idnr', 'steuerlicheidentifikationsnummer'],
  isValid(text) {
    if (!/^[1-9]\d{10}$/.test(text)) return false;
    const repeats = 10 - new Set(text.slice(0, 10)).size;
    if (repeats < 1 || repeats > 2) return false;
    let product = 10;
    for (const digit of text.slice(0, 10)) {
      const sum = (Number(digit) + product) % 10 || 10;
      product = (sum * 2) % 11;
    }
    return (11 - product) % 10 === Number(text.charAt(10));
  },
};
