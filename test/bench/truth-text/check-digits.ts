/** The last digit that makes a number pass Luhn's sum (ISO/IEC 7812-1). Example: `411111111111111` → `1`. */
export function luhnDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const doubled = at % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The two check digits of an IBAN (ISO 13616): 98 less the remainder modulo 97. Example: `GB`, `NWBK60161331926819` → `29`. */
export function ibanDigits(country: string, account: string): string {
  let rest = 0;
  for (const letter of `${account}${country}00`) rest = Number(String(rest) + String(Number.parseInt(letter, 36))) % 97;
  return String(98 - rest).padStart(2, '0');
}
