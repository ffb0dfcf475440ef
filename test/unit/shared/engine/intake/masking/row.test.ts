import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { maskRow } from '#shared/engine/intake/masking/row.ts';
import { withoutFingerprints } from '#shared/engine/intake/masking/token.ts';
import { createVault } from '#shared/engine/intake/vault.ts';

const vault = createVault(nodeCrypto, new Uint8Array(32).fill(1));
const masked = (row: string, shift = 0, delimiter = ','): string =>
  withoutFingerprints(maskRow(row, { delimiter, header: ['time', 'user', 'password', 'pin'], shift }, vault));

test('a cell under the name of a secret is masked, in quotes or not, and nothing else', () => {
  expect(masked('12:00,ann,hunter2,1234')).toBe('12:00,ann,‹password›,‹one-time›');
  expect(masked('12:00;ann;"a;b ""c""";', 0, ';')).toBe('12:00;ann;‹password›;');
  expect(masked('12:00|ann|hunter2|12', 0, '|')).toBe('12:00|ann|‹password›|‹one-time›');
});

test('in a row that could not be read a cell may stand as far away as cells are missing or too many', () => {
  expect(masked('12:00,Smith, Ann,hunter2,', 1)).toBe('12:00,‹password›,‹password›,‹password›,');
  expect(masked('12:00,"ann,hunter2', 4)).not.toContain('hunter2');
});

test('the start of a row ends where it was cut', () => {
  expect(masked('12:00,ann,"hunt')).toBe('12:00,ann,‹password›');
  expect(masked('12:00,a')).toBe('12:00,a');
});
