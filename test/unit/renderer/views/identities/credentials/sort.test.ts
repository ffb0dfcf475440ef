import { expect, test } from 'vitest';
import { credentialSorts, filterCredentials, worstFirst } from '#renderer/views/identities/credentials/sort.ts';
import { nextSort, parseSort, sortRows } from '#renderer/views/identities/parts/sort.ts';
import type { CredentialRow } from '#shared/contract/credentials.ts';

const row = (id: string, more: Partial<CredentialRow> = {}): CredentialRow => ({
  id, kind: 'jwt', masked: '…', audiences: [], scopes: [], actChain: [], contexts: 1, issues: [], findings: 0, ...more,
}); // prettier-ignore
const rows = [
  row('jwt-1', { calls: 2, lifetimeSeconds: 300 }),
  row('jwt-12', { calls: 9, principalLabel: 'Ann', lifetimeSeconds: 3_000 }),
  row('jwt-3', { findings: 1, severity: 'high' }),
];
const names = (shown: readonly CredentialRow[]) => shown.map(({ id }) => id);
const parse = (text: string) => parseSort(credentialSorts, text);

test('without a sort the worst findings come first', () => {
  expect(names(worstFirst(rows))).toEqual(['jwt-3', 'jwt-1', 'jwt-12']);
});

test('a click sorts numbers down, then up, then not at all; names up first', () => {
  expect(nextSort(credentialSorts, undefined, 'calls')).toBe('-calls');
  expect(nextSort(credentialSorts, parse('-calls'), 'calls')).toBe('calls');
  expect(nextSort(credentialSorts, parse('calls'), 'calls')).toBeUndefined();
  expect(nextSort(credentialSorts, undefined, 'owner')).toBe('owner');
  expect(names(sortRows(credentialSorts, rows, parse('-calls')))).toEqual(['jwt-12', 'jwt-1', 'jwt-3']);
  expect(parse('time')).toBeUndefined();
});

test('names with numbers stand in the order of the numbers', () => {
  expect(names(sortRows(credentialSorts, rows, parse('credential')))).toEqual(['jwt-1', 'jwt-3', 'jwt-12']);
});

test('every word must fit somewhere; a band of lifetimes is a word', () => {
  expect(names(filterCredentials(rows, 'ann jwt'))).toEqual(['jwt-12']);
  expect(names(filterCredentials(rows, 'lifetime:≤5m'))).toEqual(['jwt-1']);
  expect(names(filterCredentials(rows, 'lifetime:noend'))).toEqual(['jwt-3']);
});

test('the state of a signature is a word: an unsigned token is not one that failed', () => {
  const tokens = [
    row('jwt-1', { signature: { state: 'valid', reason: 'fits', says: '' } }),
    row('jwt-2', { signature: { state: 'invalid', reason: 'wrong', says: '' } }),
    row('jwt-3', { signature: { state: 'invalid', reason: 'unsigned', says: '' }, issues: ['not signed'] }),
    row('jwt-4'),
    row('key-1', { kind: 'api-key' }),
  ];
  const found = ['verified', 'failed', 'unsigned', 'no-key'].map((state) => names(filterCredentials(tokens, `signature:${state}`)).join());
  expect(found).toEqual(['jwt-1', 'jwt-2', 'jwt-3', 'jwt-4']);
});
