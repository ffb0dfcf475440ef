import { expect, test } from 'vitest';

import { readOptions } from '#test/bench/options.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';

const benches = [{ id: 'chains' }, { id: 'detect' }];

test('without options every world and incident is played with one seed', () => {
  expect(readOptions([], benches)).toMatchObject({ names: [], small: false, keep: false, seeds: 1, worlds: worlds.map(({ id }) => id) });
});

test('benches, worlds and seeds are chosen by name', () => {
  expect(
    readOptions(['detect', '--seeds', '3', '--first-seed', '7', '--worlds', 'shop', '--incidents', 'enumeration'], benches),
  ).toMatchObject({
    names: ['detect'],
    seeds: 3,
    firstSeed: 7,
    worlds: ['shop'],
    incidents: ['enumeration'],
    scenes: ['loud', 'quiet', 'clean'],
  });
  expect(readOptions(['--scenes', 'clean'], benches).scenes).toEqual(['clean']);
});

test('what is unknown is refused with what there is', () => {
  expect(() => readOptions(['speed'], benches)).toThrow('no bench speed; there are chains, detect');
  expect(() => readOptions(['--worlds', 'moon'], benches)).toThrow('no world moon');
  expect(() => readOptions(['--scenes', 'noisy'], benches)).toThrow('no kind of scene noisy; there are loud, quiet, clean');
  expect(() => readOptions(['--seeds', '0'], benches)).toThrow('--seeds is a whole number above 0');
});
