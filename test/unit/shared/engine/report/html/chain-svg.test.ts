import { expect, test } from 'vitest';
import { elideMiddle, elideOperation } from '#shared/engine/report/html/chain-svg.ts';

test('a long endpoint keeps its method and the last segments of its path', () => {
  expect(elideOperation('GET /v1/customers/{id}/cards', 16)).toBe('GET …/{id}/cards');
  expect(elideOperation('GET /x', 16)).toBe('GET /x');
  expect(elideOperation('GET /a-single-very-long-segment', 12)).toBe('GET …segment');
});

test('a long name loses its middle', () => {
  expect(elideMiddle('abcdefgh', 5)).toBe('ab…gh');
  expect(elideMiddle('abc', 5)).toBe('abc');
});
