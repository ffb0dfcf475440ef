import { expect, test } from 'vitest';
import { TLP_MARKS } from '#shared/model/cover.ts';
import { markingOf } from '#shared/engine/report/exports/stix/marking.ts';

test('each mark has an object of its own, with the word of TLP 2.0', () => {
  const markings = TLP_MARKS.map((mark) => markingOf(mark));
  expect(new Set(markings.map(({ id }) => id)).size).toBe(TLP_MARKS.length);
  expect(markings.map(({ ['extensions']: extensions }) => JSON.stringify(extensions)).join()).toContain('"tlp_2_0":"amber+strict"');
  expect(markings.map(({ ['name']: name }) => name)).toEqual(['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED']);
});

test('what nobody marked stays within the organisation', () => {
  expect(markingOf(undefined)).toEqual(markingOf('amber-strict'));
});
