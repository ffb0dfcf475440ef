import { expect, test } from 'vitest';
import { detectorsOf, printAlsoTold } from '#shared/model/also-told.ts';

test('a finding answers its own question and those of the findings that were made one with it', () => {
  const alsoToldBy = [printAlsoTold('rate-burst', 'a: b'), printAlsoTold('sigma:4f2a', 'x'), printAlsoTold('rate-burst', 'again')];
  expect(detectorsOf({ detector: 'recon-fanout', observed: { alsoToldBy } })).toEqual(['recon-fanout', 'rate-burst', 'sigma:4f2a']);
  expect(detectorsOf({ detector: 'recon-fanout', observed: { alsoToldBy: 3 } })).toEqual(['recon-fanout']);
});
