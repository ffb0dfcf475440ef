/** The table of bad inputs (section 5 of the trust design): every row has a test by name, and none that is gone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { badInputs } from '../support/trust/bad-inputs.ts';

const ROWS = 90;
const root = join(import.meta.dirname, '../..');

test('the list has each of the 90 rows once, in order', () => {
  expect(badInputs.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
});

test.each(badInputs)('row $row, $input, has a test by name', ({ proofs }) => {
  expect(proofs.length).toBeGreaterThan(0);
  for (const [file, title] of proofs) {
    const path = join(root, file);
    expect(existsSync(path) && readFileSync(path, 'utf8').includes(title), `${file} has a test called ${title}`).toBe(true);
  }
});
