import { expect, test } from 'vitest';

import { makeSample } from '#test/support/sample/bundle.ts';

const sample = makeSample();
const recordsOf = ({ truth }: typeof sample): number => truth.scenario.sources.reduce((sum, { records }) => sum + records, 0);

test('the same seed gives the same bundle, another seed another one', () => {
  expect(makeSample().files).toEqual(sample.files);
  expect(makeSample({ seed: 'other' }).files).not.toEqual(sample.files);
});

test('a larger scale has more visitors and the same incidents', () => {
  const large = makeSample({ scale: 3 });
  expect(recordsOf(large)).toBeGreaterThan(recordsOf(sample) * 1.2);
  expect(large.truth.scenario.incidents.map(({ id }) => id)).toEqual(sample.truth.scenario.incidents.map(({ id }) => id));
});

test('it has logs of five kinds, two descriptions and a note, about eighteen thousand records', () => {
  expect(new Set(sample.truth.scenario.sources.map(({ format }) => format)).size).toBe(5);
  expect(sample.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['specs/shop-api.yaml', 'specs/payments.json', 'readme.txt']),
  );
  expect(recordsOf(sample)).toBeGreaterThan(15_000);
  expect(recordsOf(sample)).toBeLessThan(22_000);
});
