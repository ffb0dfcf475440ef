/** Issuer ranges with the lengths that their cards have (ISO/IEC 7812 ranges as the networks publish them). */
const ISSUERS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^(?:30[0-5]|3[68])/, [14]],
];

/**
 * True for a payment card number: known issuer, the issuer's length, and a right Luhn sum.
 * Example: `4111 1111 1111 1111`: doubling every second digit from the right gives a sum of 30, a multiple of ten.
 * Visa's rare 13 and 19 digits are left out: ids of that length are common, such cards are not.
 */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  if (!/^\d{14,16}$/.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  if (!ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits))) return false;
  return hasLuhnSum(digits);
}

/** True for a right Luhn sum (ISO/IEC 7812-1). Shape: digits only. */
export function hasLuhnSum(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
