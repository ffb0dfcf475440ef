import { expect, test } from 'vitest';
import { readReach, reachSteps } from '#shared/engine/detectors/credentials/sensitive-calls.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const reachOf = (status: string) => {
  const { db } = caseFromText(`00:00 human:thief GET api.acme.test/cards/7 ${status}`);
  db.prepare('UPDATE endpoint SET sensitivity = 3').run();
  return readReach(db, db.prepare('SELECT id FROM call').all<{ id: number }>().map(({ id }) => id)); // prettier-ignore
};

test.each([
  ['200', 1, [1]],
  ['302', 0, []],
  ['-', 1, [1]],
  ['403', 0, [-1]],
] as const)('an answer of %s: %i grave calls', (status, grave, steps) => {
  const reach = reachOf(status);
  expect(reach.grave).toBe(grave);
  expect(reachSteps(reach).map(({ by }) => by)).toEqual(steps);
});
