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

/** What a thief's calls came to beside those of others. */
const stepsOf = (thief: string, others = ''): readonly string[] => {
  const { db } = caseFromText(`${others}\n${thief}`);
  db.exec(`UPDATE endpoint SET statuses = (SELECT json_group_object(status, n) FROM (
    SELECT c.status, count(*) AS n FROM call c JOIN call_fact f ON f.call_id = c.id WHERE f.endpoint_id = endpoint.id GROUP BY 1))`);
  const own = `SELECT f.call_id AS id FROM call_fact f JOIN principal p ON p.id = f.principal_id WHERE p.label = 'thief'`;
  return reachSteps(readReach(db, db.prepare(own).all<{ id: number }>().map(({ id }) => id))).map(({ why }) => why); // prettier-ignore
};
const owner = '00:00 human:owner GET app.test/account 200';

test('who is sent on from a page that others get was refused, as with 403', () => {
  const thief = `00:01 human:thief GET app.test/account 302
    00:02 human:thief GET app.test/account 403`;
  expect(stepsOf(thief, owner)).toEqual(['all attempts failed, 1 of them sent on to another page where others get an answer']);
});

test.each([
  ['nobody gets an answer there', '00:01 human:thief GET app.test/account 302', ''],
  ['after a change it is how success looks', '00:01 human:thief POST app.test/account 303', '00:00 human:owner POST app.test/account 200'],
  ['what the client has already was given', '00:01 human:thief GET app.test/account 304', owner],
])('a redirect is no refusal: %s', (_, thief, others) => {
  expect(stepsOf(thief, others)).toEqual([]);
});
