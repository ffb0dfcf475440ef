import { expect, test } from 'vitest';
import type { CallRow } from '#shared/contract/rows.ts';
import { toExportedCall } from '#shared/engine/store/read/calls/exported-call.ts';

const row: CallRow = {
  id: 7,
  findings: 2,
  principalLabel: 'Someone',
  tags: ['exfil'],
  starred: true,
  marked: true,
  notes: 2,
  ref: 'a.log#1',
  timeKind: 'end',
  format: 'access-combined',
  path: '/v1/orders',
  query: 'api_key=‹api-key fp:12d2ee462f0d›&page=2',
};

test('an exported call has no row id, no screen field, nothing that the analyst said and no fingerprint', () => {
  expect(toExportedCall(row)).toEqual({
    ref: 'a.log#1',
    timeKind: 'end',
    format: 'access-combined',
    path: '/v1/orders',
    query: 'api_key=‹api-key›&page=2',
  });
});

test('text of the evidence that merely looks alike stays', () => {
  expect(toExportedCall({ ...row, query: 'q=fp:1234' }).query).toBe('q=fp:1234');
});
