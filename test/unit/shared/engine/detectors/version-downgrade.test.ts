import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['version-downgrade'];
const settled = (who: string, from = 10): string =>
  Array.from({ length: 25 }, (_, index) => `00:${String(index + from)} ${who} GET api.acme.test/v2/users 200`).join('\n');
const others = ['human:bo', 'human:cy', 'human:di'].map((who) => settled(who)).join('\n');

test('a principal that had settled on v2 and then uses v1 steps back', async () => {
  const { findings } = await detect(only, `${settled('agent:bot')}\n${others}\n01:00 agent:bot GET api.acme.test/v1/users 200`);
  expect(findings).toMatchObject([
    { family: 'incident', severity: 'medium', observed: { version: ['v1'], callsOnIt: 1 }, expected: { version: 'v2' } },
  ]);
});

test.each([
  ['refused', `${others}\n${settled('agent:bot')}\n01:00 agent:bot GET api.acme.test/v1/users 404`],
  ['used before as well', `00:01 agent:bot GET api.acme.test/v1/users 200\n${others}\n${settled('agent:bot')}\n01:00 agent:bot GET api.acme.test/v1/users 200`],
  ['used by everyone', `${others}\n01:00 human:bo GET api.acme.test/v1/users 200\n01:01 human:cy GET api.acme.test/v1/users 200\n01:02 human:di GET api.acme.test/v1/users 200`],
  ['of something that v2 does not have', `${others}\n${settled('agent:bot')}\n01:00 agent:bot GET api.acme.test/v1/builds 200`],
])('an older version %s is no step back', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
}); // prettier-ignore

test('without two versions it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, others);
  expect(notEvaluable).toEqual([{ detector: 'version-downgrade', reason: 'no API is in the evidence in two versions' }]);
});
