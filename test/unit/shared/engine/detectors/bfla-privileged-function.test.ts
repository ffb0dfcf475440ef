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

test('a caller of other work takes up an administrator’s function', async () => {
  const { findings } = await run(...usual, '11:30:00 service:shop POST api.acme.test/admin/roles 201');
  expect(findings).toMatchObject([
    {
      title: 'shop used POST api.acme.test/admin/roles that only callers of other work had used',
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
    { detector: 'bfla-privileged-function', reason: 'the evidence is too short to know what each caller usually does' },
  ]);
});
