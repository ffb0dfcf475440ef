import { expect, test } from 'vitest';
import { isOfType, objectOf } from '#shared/engine/passes/endpoints/decide-fields.ts';

const none = { sure: 0, inside: 0, form: 0, passage: 0, beside: 0 };
const decide = (type: string, counts: Partial<typeof none>, values: number | undefined, hasPerson = false): boolean =>
  isOfType({ type, counts: { ...none, ...counts } }, values, hasPerson);

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
  expect(decide('person-name', { form: 1 }, 1, true)).toBe(true);
  expect(decide('person-name', { beside: 8 }, 8, true)).toBe(false);
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
