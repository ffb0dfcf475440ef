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
  expect(findings).toMatchObject([{ severity: 'low', title: 'api.acme.test answers 2 operations that are in no description (2 calls)' }]);
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

test('without a description it cannot be answered', async () => {
  const { notEvaluable } = await detect(['shadow-endpoint'], known);
  expect(notEvaluable).toEqual([{ detector: 'shadow-endpoint', reason: 'no API description (OpenAPI) in the evidence' }]);
});
