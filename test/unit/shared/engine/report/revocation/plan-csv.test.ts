import { csvParseRows } from 'd3';
import { expect, test } from 'vitest';
import { planCsv } from '#shared/engine/report/revocation/plan-csv.ts';

import { packetEntry } from '#test/support/packet-entry.ts';

test('each credential stands with the ids that its systems know it by, and the records that name them', () => {
  const knownAs = [
    { name: 'access key id', value: 'AKIAEXAMPLE7', call: 'trail.json#3' },
    { name: 'user', value: 'deploy-bot', call: 'trail.json#9' },
  ];
  const [head, one, other] = csvParseRows(planCsv([packetEntry('api-key', { knownAs }), packetEntry('jwt', {}, 2)]));
  const cell = (row: readonly string[] | undefined, name: string): string | undefined => row?.[head?.indexOf(name) ?? -1];
  expect(cell(one, 'knownAs')).toBe('access key id AKIAEXAMPLE7 ; user deploy-bot');
  expect(cell(one, 'record')).toBe('trail.json#3 ; trail.json#9');
  expect([cell(other, 'order'), cell(other, 'knownAs'), cell(other, 'record')]).toEqual(['2', '', '']);
});

test('an id of the evidence is no formula and no second row', () => {
  const knownAs = [{ name: 'user', value: 'a"\r\n=HYPERLINK("http://x.test")', call: '=cmd.json#1' }];
  const rows = csvParseRows(planCsv([packetEntry('api-key', { knownAs, holder: '@SUM(A1)' })]));
  expect(rows).toHaveLength(2);
  expect(rows[1]?.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
});
