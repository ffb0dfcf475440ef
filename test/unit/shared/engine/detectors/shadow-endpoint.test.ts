import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const known = Array.from(
  { length: 20 },
  (_, index) => `00:${String(index + 10)} service:sync GET api.acme.test/v1/orders 200 spec=documented`,
).join('\n');
const beside = (line: string): Promise<Detected> =>
  detect(['shadow-endpoint'], `${known}\n${line}`, { servers: ['https://api.acme.test/v1'] });

test('an undocumented write that handles personal data is high', async () => {
  const { findings } = await beside('01:00 agent:bot POST api.acme.test/v1/orders/8812/reprice 200 spec=shadow s=2 types=email');
  expect(findings).toMatchObject([
    {
      severity: 'high',
      endpoints: ['POST api.acme.test/v1/orders/{id}/reprice'],
      observed: { nearestDocumented: 'GET /v1/orders', callers: ['bot'] },
    },
  ]);
});

test('undocumented reads of nothing in particular are one low finding a host', async () => {
  const { findings } = await beside(
    '01:00 agent:bot GET api.acme.test/v1/ping 200 spec=shadow\n01:01 agent:bot GET api.acme.test/v1/build 200 spec=shadow',
  );
  expect(findings).toMatchObject([{ severity: 'low', title: 'api.acme.test answers 2 endpoints that are in no description (2 calls)' }]);
});

test.each([
  ['a probe that was told 404', '01:00 agent:bot GET api.acme.test/v1/admin 404 spec=shadow s=3'],
  ['a file of a web page', '01:00 human:ann GET api.acme.test/v1/docs/style.css 200 spec=shadow'],
  ['a documented neighbour', '01:00 human:ann GET api.acme.test/v1/items 200 spec=documented'],
])('%s is no shadow', async (_, line) => {
  expect((await beside(line)).findings).toEqual([]);
});

test('where the description covers little of the host, nothing rises above low', async () => {
  const many = Array.from(
    { length: 60 },
    (_, index) => `02:${String(index % 60).padStart(2, '0')} agent:bot POST api.acme.test/v1/notes 201 spec=shadow s=2`,
  ).join('\n');
  expect((await beside(many)).findings.map((finding) => finding.severityWhy)).toEqual([
    "low + 1 (it handles data about people or worse) + 1 (it changes something), capped at low (only 25 % of the host's calls are in a description, which is probably partial) = low",
  ]);
});

const people = Array.from(
  { length: 22 },
  (_, index) => `02:${String(index + 10)} human:p${String(index)} GET api.acme.test/v1/orders 200 spec=documented`,
).join('\n');
const hidden = (who: string, times: number, more = 's=2'): string =>
  Array.from(
    { length: times },
    (_, index) => `03:0${String(index)} ${who} POST api.acme.test/v1/orders/9/reprice 200 spec=shadow ${more}`,
  ).join('\n');

test('one of many who do the same, alone with a hidden write, is an incident though no token shows rights', async () => {
  const { findings } = await beside(`${people}\n${hidden('human:p3', 3)}`);
  expect(findings.filter(({ family }) => family === 'incident')).toMatchObject([
    {
      severity: 'medium',
      calls: ['kong#43', 'kong#44', 'kong#45'],
      expected: { callersLikeIt: '22 who are known by name at the same host' },
    },
  ]);
});

test.each([
  ['once is a stale link', hidden('human:p3', 1)],
  ['a write of nothing in particular counts only where tokens show the same rights', hidden('human:p3', 3, 's=0')],
  ['three of them are a release', `${hidden('human:p3', 2)}\n${hidden('human:p4', 2)}\n${hidden('human:p5', 2)}`],
  ['who does what else few do is at other work', `${hidden('human:p3', 3)}\n04:00 human:p3 GET api.acme.test/v1/staff 200 spec=documented`],
  ['who does nothing of what others do is another kind', hidden('human:zed', 3)],
])('%s', async (_, line) => {
  expect((await beside(`${people}\n${line}`)).findings.filter(({ family }) => family === 'incident')).toEqual([]);
});

test('without a description it cannot be answered', async () => {
  const { notEvaluable } = await detect(['shadow-endpoint'], known);
  expect(notEvaluable).toEqual([{ detector: 'shadow-endpoint', reason: 'no API description (OpenAPI) in the evidence' }]);
});

const account = (seed: string): string => `acct-${createHash('sha256').update(seed).digest('hex').slice(0, 20)}`;
const accounts = Array.from({ length: 24 }, (_, index) => account(String(index)));
const customers = accounts.map((name, index) => `02:${String(index + 10)} human:${name} GET api.acme.test/v1/orders 200 spec=documented`).join('\n'); // prettier-ignore

test('a script that goes by an account like the people’s is held against them, though nothing else is known of it', async () => {
  const script = account('script');
  const incidents = async (who: string): Promise<readonly unknown[]> =>
    (await beside(`${customers}\n${hidden(who, 4)}`)).findings.filter(({ family }) => family === 'incident');
  expect(await incidents(`service:${script}`)).toMatchObject([{ severity: 'medium', principals: [`p-${script}`] }]);
  expect(await incidents('service:nightly-sync')).toEqual([]);
});

test('an old release that goes on calling what is out of date is told neither by one user of two calls nor by many', async () => {
  const old = (who: string, minute: number): string => `03:${String(minute)} human:${who} GET api.acme.test/v0/cards/9 200 spec=zombie s=2 ua=Shop/3.0.1`;
  const using = ['p3', 'p4', 'p5', 'p6'].map((who, index) => `04:${String(10 + index)} human:${who} GET api.acme.test/v1/orders 200 spec=documented ua=Shop/3.0.1`).join('\n');
  const told = async (...lines: readonly string[]): Promise<number> => (await beside([people, using, ...lines].join('\n'))).findings.filter(({ family }) => family === 'incident').length;
  expect(await told(old('p3', 10), old('p3', 11), old('p4', 12))).toBe(0);
  expect(await told(...Array.from({ length: 8 }, (_, index) => old('p3', 10 + index)), old('p4', 30))).toBe(1);
}); // prettier-ignore
