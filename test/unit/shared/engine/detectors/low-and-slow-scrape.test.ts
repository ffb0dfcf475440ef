import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['low-and-slow-scrape'], text);
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

/** One thing every half hour from the second day on, day and night. */
const patient = (who: string, start: number): string =>
  lines(80, (index) => `${clock(start + index * 1_800)} human:${who} GET api.acme.test/v1/items/${String(7_000 + (index % 40))} 200 s=2`);

test('who takes everything, evenly, day and night, from the second day on, scrapes', async () => {
  const { findings } = await detect(`${people}\n${patient('quiet', 90_000)}`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-quiet'], observed: { callers: 1, distinctIdsOfEach: [40] } }]);
  expect(findings[0]?.calls).toHaveLength(80);
});

test('a synchronisation that was there from the first minute is a habit', async () => {
  const sync = lines(
    140,
    (index) => `${clock(index * 1_800)} human:sync GET api.acme.test/v1/items/${String(7_000 + (index % 40))} 200 s=2`,
  );
  expect((await detect(`${people}\n${sync}`)).findings).toEqual([]);
});

test('evidence of an hour shows no patience', async () => {
  const { notEvaluable } = await detect(
    lines(60, (index) => `${clock(index * 60)} service:x GET api.acme.test/v1/items/${String(index)} 200`),
  );
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('six hours') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'low-and-slow-scrape', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
