import { expect, test } from 'vitest';

import { luhnDigit } from '#test/bench/truth-text/check-digits.ts';
import { birthDate, card, email, iban, jwt, LOOK_ALIKES, nino, ssn, type Make } from '#test/bench/truth-text/values.ts';
import { seededRandom } from '#test/support/large/random.ts';

const many = (make: Make): readonly string[] => {
  const random = seededRandom('values');
  return Array.from({ length: 200 }, () => make(random));
};
const isLuhn = (digits: string): boolean => luhnDigit(digits.slice(0, -1)) === digits.slice(-1);

test('cards have a right sum, the look-alikes never', () => {
  for (const value of many(card)) expect(isLuhn(value.replaceAll(/\D/g, ''))).toBe(true);
  for (const value of many(LOOK_ALIKES['wrong sum'] ?? card)) expect(isLuhn(value)).toBe(false);
});

test('IBANs have remainder 1 modulo 97', () => {
  for (const value of many(iban)) {
    const text = value.replaceAll(' ', '');
    let rest = 0;
    for (const letter of text.slice(4) + text.slice(0, 4)) rest = Number(String(rest) + String(Number.parseInt(letter, 36))) % 97;
    expect(rest).toBe(1);
  }
});

test('numbers of persons keep the rules of their registers', () => {
  for (const value of many(ssn)) expect(value).toMatch(/^(?!000|666|9)\d{3}-?(?!00)\d{2}-?(?!0000)\d{4}$/);
  for (const value of many(nino)) expect(value).toMatch(/^[^DFIQUV][^DFIOQUV] ?\d\d ?\d\d ?\d\d ?[A-D]$/);
});

test('addresses of mail and dates are of reserved names and of the past', () => {
  for (const value of many(email)) expect(value).toMatch(/@[a-z]+\.(?:test|example|example\.com|co\.example)$/);
  for (const value of many(birthDate)) expect(value).toMatch(/(?:19|20)\d\d/);
});

test('a JWT has three parts of which two are JSON', () => {
  for (const value of many(jwt).slice(0, 5)) {
    const parts = value.split('.');
    expect(parts).toHaveLength(3);
    expect(JSON.parse(atob(parts[0] ?? ''))).toMatchObject({ alg: 'RS256' });
  }
});
