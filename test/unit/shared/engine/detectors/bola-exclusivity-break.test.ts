import { expect, test } from 'vitest';
import { setGiven } from '#shared/engine/passes/baseline/chosen.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
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

test('an employee who came back to a thing of one of them is no peer: his work is another', async () => {
  const home = '08:30:00 human:helper GET api.acme.test/notes/500 200 s=2\n09:30:00 human:helper GET api.acme.test/notes/500 200 s=2\n11:30:00 human:helper GET api.acme.test/notes/500 200 s=2';
  const work = Array.from({ length: 40 }, (_, at) => `0${String(1 + (at % 7))}:${String(15 + at)}:00 human:helper GET api.acme.test/desk/part-${'abcde'[at % 5] ?? ''} 200`).join('\n');
  const apart = owners.split('\n').filter((line) => !line.includes('human:u0 ')).join('\n');
  const judge = (text: string): ReturnType<typeof detect> =>
    detect(only, text, {}, ({ db }) => {
      setGiven(db, { until: TEXT_START + 12 * 3_600_000_000 });
    });
  expect((await judge(`${apart}\n${home}\n${visit('human:helper', [1, 2, 3])}`)).findings).toHaveLength(1);
  expect((await judge(`${apart}\n${work}\n${home}\n${visit('human:helper', [1, 2, 3])}`)).findings).toEqual([]);
}); // prettier-ignore

test('an employee among many colleagues is compared with those whose things he read, not with his colleagues', async () => {
  const clock = (hour: number, minute: number): string => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
  const staff = Array.from({ length: 14 }, (_, who) => [
    ...[8, 9, 11].map((hour) => `${clock(hour, 30 + who)} human:helper-${String(who)} GET api.acme.test/notes/${String(900 + who)} 200 s=2`),
    ...Array.from({ length: 10 }, (__, at) => `${clock(1 + (at % 7), 10 + who + at)} human:helper-${String(who)} GET api.acme.test/desk/part-${'abcde'[at % 5] ?? ''} 200`),
  ]).flat().join('\n');
  const { findings } = await detect(only, `${owners}\n${staff}\n${visit('human:helper-0', [1, 2, 3])}`, {}, ({ db }) => {
    setGiven(db, { until: TEXT_START + 12 * 3_600_000_000 });
  });
  expect(findings).toEqual([]);
}); // prettier-ignore

test('an employee with few calls, who did all that an owner does, mostly works on something else', async () => {
  const desk = Array.from({ length: 8 }, (_, at) => `0${String(1 + (at % 7))}:${String(15 + at)}:00 human:helper GET api.acme.test/desk 200`).join('\n');
  const home = ['08:30', '09:30', '11:30'].map((at) => `${at}:00 human:helper GET api.acme.test/notes/900 200 s=2`).join('\n');
  const judge = async (text: string): Promise<number> => {
    const { findings } = await detect(only, `${owners}\n${home}\n${text}\n${visit('human:helper', [1, 2, 3])}`, {}, ({ db }) => {
      setGiven(db, { until: TEXT_START + 12 * 3_600_000_000 });
    });
    return findings.length;
  };
  expect([await judge(desk), await judge(desk.split('\n').slice(0, 2).join('\n'))]).toEqual([0, 1]);
}); // prettier-ignore

test('where several use the same things nothing is private', async () => {
  const shared = Array.from({ length: 10 }, (_, who) => [8, 9, 11].map((hour) => `${hour < 10 ? '0' : ''}${String(hour)}:${String(30 + who)}:00 human:u${String((who + 1) % 10)} GET api.acme.test/notes/${String(500 + who * 7)} 200 s=2`).join('\n')).join('\n'); // prettier-ignore
  const { findings, notEvaluable } = await detect(only, `${owners}\n${shared}\n${visit('human:u0', [1, 2, 3])}`);
  expect([findings.length, notEvaluable.length]).toEqual([0, 1]);
});

test('without owners it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '08:00:00 human:u0 GET api.acme.test/notes/500 200');
  expect(notEvaluable).toMatchObject([{ detector: 'bola-exclusivity-break' }]);
});

/** Ten partners' programs: each changes three jobs of its own, and reads where to go. */
const partners = Array.from({ length: 10 }, (_, who) =>
  [0, 1, 2]
    .flatMap((at) => {
      const job = `api.acme.test/partner/jobs/${String(700 + who * 10 + at)}`;
      const time = (minute: number): string => `0${String(8 + at)}:${String(minute + who)}:00 service:p${String(who)}`;
      return [`${time(10)} GET ${job}/entry 200`, `${time(30)} PATCH ${job} 200`];
    })
    .join('\n'),
).join('\n');
const entries = (who: string, jobs: readonly number[]): string =>
  jobs.map((job, index) => `13:${String(10 + index)}:00 ${who} GET api.acme.test/partner/jobs/${String(job)}/entry 200`).join('\n');

test('in an interface for partners’ programs an object is the one’s that changes it, and another that reads several is told', async () => {
  const { findings } = await detect(only, `${partners}\n${entries('service:p0', [710, 721, 732, 741])}`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-p0'], observed: { objectsOfOthers: 4, owners: 4 } }]);
});

test.each([
  ['a program that reads all and changes none', entries('service:sync', [710, 721, 732, 741, 750, 760])],
  [
    'jobs that were handed over, which their new holder changes as well',
    `${entries('service:p0', [710, 721, 732])}\n${[710, 721, 732].map((job, at) => `14:1${String(at)}:00 service:p0 PATCH api.acme.test/partner/jobs/${String(job)} 200`).join('\n')}`,
  ],
])('%s: none', async (_, text) => {
  expect((await detect(only, `${partners}\n${text}`)).findings).toEqual([]);
});
