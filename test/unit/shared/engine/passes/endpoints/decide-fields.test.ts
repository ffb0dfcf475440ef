import { expect, test } from 'vitest';
import { isOfType, objectOf, type Company } from '#shared/engine/passes/endpoints/decide-fields.ts';

const none = { sure: 0, inside: 0, form: 0, passage: 0, beside: 0 };
const decide = (type: string, counts: Partial<typeof none>, values: number | undefined, beside: Partial<Company> = {}): boolean =>
  isOfType({ type, counts: { ...none, ...counts } }, values, { hasPerson: false, hasBirth: false, hasCurrency: false, ...beside });

test('a named field needs four of five values', () => {
  expect(decide('phone', { sure: 1 }, 1)).toBe(true);
  expect(decide('date-of-birth', { sure: 4 }, 5)).toBe(true);
  expect(decide('date-of-birth', { sure: 3 }, 5)).toBe(false);
});

test('a form alone needs five values as well', () => {
  expect(decide('date-of-birth', { form: 4 }, 4)).toBe(false);
  expect(decide('date-of-birth', { form: 5 }, 6)).toBe(true);
  expect(decide('date-of-birth', { form: 5 }, undefined)).toBe(false);
});

test('what proves itself needs one', () => {
  expect(decide('iban', { sure: 1 }, 100)).toBe(true);
  expect(decide('api-key', { sure: 1 }, 100)).toBe(true);
  expect(decide('us-ssn', { inside: 1 }, 100)).toBe(true);
});

test('order numbers of which some pass the sum of cards are no cards', () => {
  expect(decide('payment-card', { sure: 10 }, 100)).toBe(false);
  expect(decide('payment-card', { sure: 100 }, 100)).toBe(true);
});

test('nine digits are social security numbers only beside one with dashes', () => {
  expect(decide('us-ssn', { form: 100 }, 100)).toBe(false);
  expect(decide('us-ssn', { form: 4, sure: 2 }, 6)).toBe(true);
});

test('a name stands for a person beside his number, not beside a price', () => {
  expect(decide('person-name', { form: 1 }, 1)).toBe(false);
  expect(decide('person-name', { form: 1 }, 1, { hasPerson: true })).toBe(true);
  expect(decide('person-name', { beside: 8 }, 8, { hasPerson: true })).toBe(false);
});

test('beside a birthday a name is a person’s, though no list has it', () => {
  expect(decide('person-name', { beside: 1 }, 1, { hasPerson: true, hasBirth: true })).toBe(true);
  expect(decide('person-name', { beside: 1 }, 3, { hasPerson: true, hasBirth: true })).toBe(false);
});

test('a value is money beside a currency, and a number anywhere else', () => {
  expect(decide('amount', { beside: 3 }, 3, { hasCurrency: true })).toBe(true);
  expect(decide('amount', { beside: 3 }, 3)).toBe(false);
  expect(decide('amount', { beside: 1 }, 3, { hasCurrency: true })).toBe(false);
  expect(decide('currency', { beside: 3 }, 3, { hasCurrency: true })).toBe(false);
});

test('keys and hashes of one field are secrets, hashes alone are not', () => {
  expect(decide('secret', { form: 2, beside: 4 }, 6)).toBe(true);
  expect(decide('secret', { beside: 6 }, 6)).toBe(false);
});

test('passages count when half of the texts hold one', () => {
  expect(decide('phone', { passage: 3 }, 6)).toBe(true);
  expect(decide('phone', { passage: 3 }, 60)).toBe(false);
});

test.each([
  ['$.items[*].name', '$.items[*]'],
  ['$.name', '$'],
  ['$.name[*].text', '$'],
  ['$.telecom[*].value', '$'],
  ['$.entry[*].resource.identifier[*].value', '$.entry[*].resource'],
])('%s belongs to %s', (pointer, object) => {
  expect(objectOf(pointer)).toBe(object);
});
