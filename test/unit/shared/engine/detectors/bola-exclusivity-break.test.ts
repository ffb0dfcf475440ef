import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['bola-exclusivity-break'];
/** Ten people come back to a thing of their own in three different hours. */
const owners = Array.from({ length: 10 }, (_, who) =>
  [8, 9, 11].map((hour) => `${hour < 10 ? '0' : ''}${String(hour)}:${String(10 + who)}:00 human:u${String(who)} GET api.acme.test/notes/${String(500 + who * 7)} 200 s=2`).join('\n'),
).join('\n'); // prettier-ignore
const visit = (who: string, notes: readonly number[], status = 200): string =>
  notes
    .map((note, index) => `13:${String(10 + index)}:00 ${who} GET api.acme.test/notes/${String(500 + note * 7)} ${String(status)} s=2`)
    .join('\n');

test('one of them who reads three of the others is high, with the owners', async () => {
  const { findings } = await detect(only, `${owners}\n${visit('human:u0', [1, 2, 3])}`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-u0'], observed: { objectsOfOthers: 3, owners: 3 } }]);
  expect(findings[0]?.exhibits).toMatchObject([
    { kind: 'bipartite', left: ['u1', 'u2', 'u3', 'u0'], right: ['/notes/507', '/notes/514', '/notes/521'] },
  ]);
});

test.each([
  ['two objects', visit('human:u0', [1, 2])],
  ['one who has nothing of his own: an employee', visit('human:staff', [1, 2, 3, 4])],
  ['a program of the estate', visit('service:index', [1, 2, 3, 4])],
  ['refused attempts', visit('human:u0', [1, 2, 3], 403)],
])('%s are none', async (_, text) => {
  expect((await detect(only, `${owners}\n${text}`)).findings).toEqual([]);
});

test('where several use the same things nothing is private', async () => {
  const shared = Array.from({ length: 10 }, (_, who) => [8, 9, 11].map((hour) => `${hour < 10 ? '0' : ''}${String(hour)}:${String(30 + who)}:00 human:u${String((who + 1) % 10)} GET api.acme.test/notes/${String(500 + who * 7)} 200 s=2`).join('\n')).join('\n'); // prettier-ignore
  const { findings, notEvaluable } = await detect(only, `${owners}\n${shared}\n${visit('human:u0', [1, 2, 3])}`);
  expect([findings.length, notEvaluable.length]).toEqual([0, 1]);
});

test('without owners it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '08:00:00 human:u0 GET api.acme.test/notes/500 200');
  expect(notEvaluable).toMatchObject([{ detector: 'bola-exclusivity-break' }]);
});
