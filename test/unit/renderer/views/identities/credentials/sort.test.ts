import { expect, test } from 'vitest';
import {
  filterCredentials,
  nextCredentialSort,
  parseCredentialSort,
  sortCredentials,
} from '#renderer/views/identities/credentials/sort.ts';
import type { CredentialRow } from '#shared/contract/credentials.ts';

const row = (id: string, more: Partial<CredentialRow> = {}): CredentialRow => ({
  id, kind: 'jwt', masked: '…', audiences: [], scopes: [], actChain: [], contexts: 1, issues: [], findings: 0, ...more,
}); // prettier-ignore
const rows = [
  row('jwt-1', { calls: 2 }),
  row('jwt-2', { calls: 9, principalLabel: 'Ann' }),
  row('jwt-3', { findings: 1, severity: 'high' }),
];

test('without a sort the worst findings come first', () => {
  expect(sortCredentials(rows, undefined).map(({ id }) => id)).toEqual(['jwt-3', 'jwt-1', 'jwt-2']);
});

test('a click sorts numbers down, then up, then not at all', () => {
  expect(nextCredentialSort(undefined, 'calls')).toBe('-calls');
  expect(nextCredentialSort(parseCredentialSort('-calls'), 'calls')).toBe('calls');
  expect(nextCredentialSort(parseCredentialSort('calls'), 'calls')).toBeUndefined();
  expect(sortCredentials(rows, parseCredentialSort('-calls')).map(({ id }) => id)).toEqual(['jwt-2', 'jwt-1', 'jwt-3']);
  expect(parseCredentialSort('time')).toBeUndefined();
});

test('every word must fit somewhere', () => {
  expect(filterCredentials(rows, 'ann jwt').map(({ id }) => id)).toEqual(['jwt-2']);
});
