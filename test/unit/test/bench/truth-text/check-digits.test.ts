import { expect, test } from 'vitest';

import { ibanDigits, luhnDigit } from '#test/bench/truth-text/check-digits.ts';

test("Luhn's digit of the networks' own test numbers", () => {
  for (const number of ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117', '3530111333300000'])
    expect(luhnDigit(number.slice(0, -1))).toBe(number.slice(-1));
});

test("check digits of the registry's examples of IBANs", () => {
  for (const iban of [
    'GB29NWBK60161331926819',
    'DE89370400440532013000',
    'FR1420041010050500013M02606',
    'NL91ABNA0417164300',
    'CH9300762011623852957',
  ])
    expect(ibanDigits(iban.slice(0, 2), iban.slice(4))).toBe(iban.slice(2, 4));
});
