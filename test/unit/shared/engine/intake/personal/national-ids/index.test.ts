import { expect, test } from 'vitest';
import { isNationalId, isNationalIdByForm, nationalIds } from '#shared/engine/intake/personal/national-ids/index.ts';

/** Numbers that the offices or standards print as examples, or that were worked out by hand from the rule; of no living person. */
const EXAMPLES: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  'uk-nino': ['AB 12 34 56 C', 'BG 12 34 56 C'],
  'de-steuer-id': ['86095742719', '86095742718'],
  'fr-nir': ['2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
  'es-dni': ['12345678Z', '12345678A'],
  'it-codice-fiscale': ['RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
  'pt-nif': ['123456789', '123456788'],
  'nl-bsn': ['111222333', '111222334'],
  'se-personnummer': ['811218-9876', '811218-9875'],
  'pl-pesel': ['44051401359', '44051401358'],
  'br-cpf': ['529.982.247-25', '529.982.247-26'],
  'in-aadhaar': ['2341 2341 2346', '2341 2341 2347'],
  'sg-nric': ['S1234567D', 'S1234567E'],
  'ch-ahv': ['756.9217.0769.85', '756.9217.0769.84'],
};
const compact = (text: string): string => text.replaceAll(/[\s.-]/g, '');

test('every number has an example here', () => {
  expect(nationalIds.map(({ id }) => id).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

test.each(nationalIds.map((each) => [each.id, each] as const))('%s: the right check digit passes, its neighbour does not', (id, each) => {
  const [right = '', wrong = ''] = EXAMPLES[id] ?? [];
  expect(each.isValid(compact(right))).toBe(true);
  expect(each.isValid(compact(wrong))).toBe(false);
  expect(each.isValid('')).toBe(false);
  expect(isNationalId(right)).toBe(true);
});

test('foreigners in Spain and the fourth series of Singapore count as well', () => {
  expect(isNationalId('X1234567L')).toBe(true);
  expect(isNationalId('X1234567M')).toBe(false);
  expect(isNationalId('M1234567K')).toBe(true);
});

test('plain digits are no national number without a name that says so', () => {
  for (const id of ['de-steuer-id', 'pt-nif', 'nl-bsn', 'pl-pesel']) expect(isNationalIdByForm(EXAMPLES[id]?.[0] ?? '')).toBe(false);
  expect(isNationalIdByForm('S1234567D')).toBe(true);
  expect(isNationalIdByForm('ABC-12345')).toBe(false);
});
