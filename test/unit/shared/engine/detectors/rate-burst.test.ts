import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['rate-burst'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};
/** Forty people with a thing of their own each, over three days. */
const people = lines(
  240,
  (index) => `${clock(index * 1_080)} human:user-${String(index % 40)} GET api.acme.test/v1/items/${String(7_000 + (index % 40))} 200 s=2`,
);

test('an agent that calls a hundred times as often as ever is out of hand', async () => {
  const usual = lines(60, (index) => `${clock(index * 3_600)} agent:bot GET api.acme.test/v1/items/${String(index)} 200`);
  const burst = lines(400, (index) => `${clock(120_000 + index)} agent:bot GET api.acme.test/v1/items/${String(index % 5)} 200`);
  const { findings } = await detect(`${people}\n${usual}\n${burst}`);
  expect(findings).toMatchObject([{ severity: 'medium', principals: ['p-bot'], observed: { callsIn10Minutes: 400, distinctIds: 5 } }]);
  expect(findings[0]?.calls).toHaveLength(400);
});

test('a load test that asks for one thing is explained', async () => {
  const burst = lines(400, (index) => `${clock(120_000 + index)} service:load-test GET api.acme.test/v1/items 200`);
  expect((await detect(`${people}\n${burst}`)).findings).toEqual([]);
});

test('a job that does as much every day is no burst', async () => {
  const daily = [0, 1, 2]
    .map((day) =>
      lines(200, (index) => `${clock(day * 86_400 + 7_200 + index)} service:export GET api.acme.test/v1/items/${String(index)} 200`),
    )
    .join('\n');
  expect((await detect(`${people}\n${daily}`)).findings).toEqual([]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'rate-burst', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
