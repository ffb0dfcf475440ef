import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { incidents } from '#test/support/scenarios/incidents/index.ts';
import { playScenario } from '#test/support/scenarios/index.ts';
import { traps } from '#test/support/scenarios/traps/index.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';

const README = new URL('../../../../support/scenarios/README.md', import.meta.url);

/** The ids in the first column of the table below a heading. */
function idsBelow(heading: string): readonly string[] {
  const [, section = ''] = readFileSync(README, 'utf8').split(`## ${heading}\n`);
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)`/gm)].map(([, id = '']) => id);
}

test.each([
  ['Worlds', worlds],
  ['Incidents', incidents],
  ['Traps', traps],
])('the README lists all %s', (heading, items) => {
  expect(idsBelow(heading).toSorted()).toEqual(items.map(({ id }) => id).toSorted());
});

test('an unknown world or incident is told with those that there are', () => {
  const options = { seed: '1', days: 1, scale: 0.1, folder: 'unused', incidents: [] };
  expect(() => playScenario({ ...options, world: 'bakery' })).toThrow('no world bakery; there are shop');
  expect(() => playScenario({ ...options, world: 'shop', incidents: [{ id: 'flood', form: 'loud' }] })).toThrow('no incident flood');
});
