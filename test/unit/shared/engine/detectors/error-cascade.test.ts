import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['error-cascade'];
const minute = (host: string, at: number, status: number, callers = 4): string =>
  Array.from({ length: 8 }, (_, index) => `00:${String(at).padStart(2, '0')}:${String(index * 5).padStart(2, '0')} human:u${String(index % callers)} GET ${host}/x 200`.replace(' 200', ` ${String(status)}`)).join('\n'); // prettier-ignore
const calm = ['a.test', 'b.test', 'c.test'].map((host) => [1, 2, 3, 40].map((at) => minute(host, at, 200)).join('\n')).join('\n');

test('three services that fall one after the other are medium, the first one named', async () => {
  const { findings } = await detect(
    only,
    `${calm}\n${minute('b.test', 10, 503)}\n${minute('a.test', 12, 500)}\n${minute('c.test', 14, 429)}`,
  );
  expect(findings).toMatchObject([
    { severity: 'medium', observed: { services: ['b.test', 'a.test', 'c.test'], failedCalls: 24 }, exhibits: [{ kind: 'steps' }] },
  ]);
});

test.each([
  ['one service', minute('b.test', 10, 503)],
  ['one principal', `${minute('b.test', 10, 503, 1)}\n${minute('a.test', 12, 500, 1)}`],
  ['half an hour between', `${minute('b.test', 5, 503)}\n${minute('a.test', 35, 500)}`],
  ['refusals', `${minute('b.test', 10, 403)}\n${minute('a.test', 12, 404)}`],
])('%s is none', async (_, text) => {
  expect((await detect(only, `${calm}\n${text}`)).findings).toEqual([]);
});

test('with one service it cannot be answered', async () => {
  expect((await detect(only, minute('a.test', 1, 200))).notEvaluable).toMatchObject([{ detector: 'error-cascade' }]);
});
