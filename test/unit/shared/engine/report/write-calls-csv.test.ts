import { expect, test } from 'vitest';
import { writeCallsCsv } from '#shared/engine/report/write-calls-csv.ts';
import { collect } from '#test/support/collect.ts';

test('a call without a field has an empty cell, and the limit holds', () => {
  const output = collect();
  const call = { ref: 'a.har#1', alsoSeenAs: ['k.log#2', 'k.log#3'], timeKind: 'start', status: 200, format: 'har' } as const;
  expect(writeCallsCsv([call, call, call], 2, output)).toBe(2);
  expect(output.text().split('\r\n')[1]).toBe('a.har#1,"k.log#2 ; k.log#3",,start,,,,,,,,,200,,,,,,,,,,,,,,,,,,,har');
});
