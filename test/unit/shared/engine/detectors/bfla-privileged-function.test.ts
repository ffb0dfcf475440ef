import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (...lines: readonly string[]): Promise<Detected> => detect(['bfla-privileged-function'], lines.join('\n'));
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** Twelve hours of two kinds of work; the last fifth is after the baseline window. */
const usual = Array.from({ length: 72 }, (_, at) => [
  `${clock(at * 10)} service:shop GET api.acme.test/orders/${String(at)} 200`,
  `${clock(at * 10 + 1)} human:root GET api.acme.test/admin/users 200`,
  `${clock(at * 10 + 2)} human:root POST api.acme.test/admin/roles 201`,
]).flat();

test('a principal of other work takes up an administrator’s function', async () => {
  const { findings } = await run(...usual, '11:30:00 service:shop POST api.acme.test/admin/roles 201');
  expect(findings).toMatchObject([
    {
      title: 'shop used POST api.acme.test/admin/roles that only principals of other work had used',
      severity: 'high',
      calls: ['kong#217'],
      observed: { succeeded: 1, refused: 0, formerCallers: ['root'], closestLikeness: 0 },
    },
  ]);
});

test('attempts that were refused weigh less', async () => {
  const { findings } = await run(...usual, '11:30:00 service:shop POST api.acme.test/admin/roles 403');
  expect(findings).toMatchObject([{ severity: 'medium', observed: { succeeded: 0, refused: 1 } }]);
});

test('an ordinary function that it had not used is its own affair', async () => {
  const { findings } = await run(...usual, '11:30:00 human:root GET api.acme.test/orders/7 200');
  expect(findings).toEqual([]);
});

test('a second administrator does the same work as the first', async () => {
  const second = Array.from({ length: 40 }, (_, at) => `${clock(at * 10 + 3)} human:deputy GET api.acme.test/admin/users 200`);
  const { findings } = await run(
    ...usual,
    ...second,
    ...second.map((line) => line.replace('/admin/users', '/admin/audit')),
    ...usual.filter((line) => line.includes('/admin/users')).map((line) => line.replace('/admin/users', '/admin/audit')),
    '11:30:00 human:deputy POST api.acme.test/admin/roles 201',
  );
  expect(findings).toEqual([]);
});

test('what many take up at once is a release', async () => {
  const others = ['a', 'b'].flatMap((name) => [
    ...Array.from({ length: 30 }, (_, at) => `${clock(at * 10 + 4)} service:${name} GET api.acme.test/orders/1 200`),
    `11:31:00 service:${name} POST api.acme.test/admin/roles 201`,
  ]);
  const { findings } = await run(...usual, ...others, '11:30:00 service:shop POST api.acme.test/admin/roles 201');
  expect(findings).toEqual([]);
});

test('evidence too short for a baseline cannot answer', async () => {
  const { notEvaluable } = await run('00:00:00 service:shop POST api.acme.test/admin/roles 201');
  expect(notEvaluable).toEqual([
    { detector: 'bfla-privileged-function', reason: 'the evidence is too short to know what each principal usually does' },
  ]);
});

/** A program at ordinary work, for which nobody ever administered. */
const work = Array.from({ length: 72 }, (_, at) => `${clock(at * 10)} agent:desk GET api.acme.test/orders/${String(at)} 200`);

test('a program that was turned away and is then served had no right, though nobody had used the function before', async () => {
  const { findings } = await run(
    ...work,
    '11:30:00 agent:desk POST api.acme.test/admin/roles 403',
    '11:30:02 agent:desk POST api.acme.test/admin/roles 403',
    '11:30:04 agent:desk POST api.acme.test/admin/roles 201',
  );
  expect(findings).toMatchObject([
    {
      title: 'desk used POST api.acme.test/admin/roles that nobody had used before, after it had been refused',
      severity: 'high',
      observed: { succeeded: 1, refused: 2, formerCallers: [] },
    },
  ]);
});

test('served at once, refused only afterwards, or a person who asks for a right: what nobody used before accuses no one', async () => {
  const tail = (who: string, ...statuses: readonly number[]): readonly string[] =>
    statuses.map((status, at) => `11:30:${String(10 + at)} ${who} POST api.acme.test/admin/roles ${String(status)}`);
  expect((await run(...work, ...tail('agent:desk', 201, 403, 403))).findings).toEqual([]);
  const person = work.map((line) => line.replace('agent:desk', 'human:ann'));
  expect((await run(...person, ...tail('human:ann', 403, 403, 201))).findings).toEqual([]);
});

test('what a service asks for in the name of its principal, which only the trace tells, is not the principal’s doing', async () => {
  const hop = (credential: string): readonly string[] => [
    '11:30:00 service:shop GET api.acme.test/orders/7 200 trace=t1 span=a1 cred=key-7',
    `11:30:01 service:shop POST api.acme.test/admin/roles 201 trace=t1 span=b1 parent=a1 ${credential}`,
  ];
  expect((await run(...usual, ...hop('cred=key-7'))).findings).toHaveLength(1);
  expect((await run(...usual, ...hop(''))).findings).toEqual([]);
});

/** People of one trade, who share half of what they do; a switch that two of them used once each, or one of them every day. */
const trade = (who: string, own: string): readonly string[] =>
  Array.from({ length: 40 }, (_, at) => [
    `${clock(at * 10 + 5)} human:${who} GET api.acme.test/builds/${String(at)} 200`,
    `${clock(at * 10 + 6)} human:${who} GET api.acme.test/${own} 200`,
    `${clock(at * 10 + 7)} human:${who} POST api.acme.test/builds/${String(at)}/logs 201`,
  ]).flat();
const people = [...trade('ann', 'notes'), ...trade('bob', 'charts'), ...trade('cid', 'maps')];
const flip = (minute: number, who: string): string => `${clock(minute)} human:${who} PUT api.acme.test/internal/flags/f7 200`;

test('where each call of a function came from another one of much the same work, the next one may, too', async () => {
  expect((await run(...usual, ...people, flip(300, 'ann'), flip(310, 'bob'), '11:30:00 human:cid PUT api.acme.test/internal/flags/f7 200')).findings).toEqual([]);
  const others = Array.from({ length: 9 }, (_, at) => flip(300 + at * 10, 'root'));
  expect((await run(...usual, ...people, ...others, '11:30:00 human:cid PUT api.acme.test/internal/flags/f7 200')).findings).toHaveLength(1);
}); // prettier-ignore
