import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['pagination-harvest'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

const walk = (who: string, pages: number, sensitivity: number): string =>
  lines(
    pages,
    (index) =>
      `${clock(100_000 + index * 2)} ${who} GET api.acme.test/v1/customers?page=${String(index + 1)} 200 s=${String(sensitivity)} answer=5000`,
  );

test('an agent that leafs through all customers for the first time harvests them', async () => {
  const { findings } = await detect(walk('agent:bot', 25, 2));
  expect(findings).toMatchObject([{ severity: 'medium', observed: { pages: 25, firstPage: 1, lastPage: 25, bytes: 125_000 } }]);
  expect(findings[0]?.calls).toHaveLength(25);
});

test('a service that makes an export does its work, and a public list makes it a note', async () => {
  expect((await detect(walk('service:export', 25, 2))).findings).toEqual([]);
  expect((await detect(walk('agent:bot', 25, 0))).findings).toMatchObject([{ severity: 'low' }]);
});

test('nineteen pages are reading', async () => {
  expect((await detect(walk('agent:bot', 19, 2))).findings).toEqual([]);
});

test('without queries pages cannot be told', async () => {
  const { notEvaluable } = await detect('00:01 agent:bot GET api.acme.test/v1/customers 200');
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('no call shows its query') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 answer=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'pagination-harvest', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
