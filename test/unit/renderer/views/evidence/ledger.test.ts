import { expect, test } from 'vitest';
import { addLedgers } from '#renderer/views/evidence/ledger.ts';
import { sources } from '#test/support/fake-case.ts';

test('the ledger of a case is the sum of its sources', () => {
  expect(addLedgers(sources)).toMatchObject({
    records: 18_994,
    accepted: 18_490,
    rejected: 311,
    skipped: 193,
    recordsBalance: true,
    bytesBalance: true,
  });
});

test('two sources that are off in opposite directions do not balance each other', () => {
  const [first, second] = sources;
  expect(first !== undefined && second !== undefined).toBe(true);
  if (first === undefined || second === undefined) return;
  const ledger = addLedgers([
    { ...first, records: first.records + 1, bytesAccounted: first.bytes - 5 },
    { ...second, records: second.records - 1, bytesAccounted: second.bytes + 5 },
  ]);
  expect(ledger).toMatchObject({ recordsBalance: false, bytesBalance: false });
});

test('no sources are an empty ledger that balances', () => {
  expect(addLedgers([])).toMatchObject({ records: 0, bytes: 0, recordsBalance: true, bytesBalance: true });
});

test('a withdrawn source counts for nothing', () => {
  const [first] = sources;
  expect(addLedgers(first === undefined ? [] : [first, { ...first, state: 'withdrawn' }]).records).toBe(first?.records);
});
