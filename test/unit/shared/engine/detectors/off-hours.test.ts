import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['off-hours'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

/** Nine to five, for twenty days. */
const office = lines(20 * 8 * 6, (index) => {
  const day = Math.floor(index / 48);
  return `${clock(day * 86_400 + 9 * 3_600 + (index % 48) * 600)} human:ann GET api.acme.test/v1/items/${String(index % 9)} 200`;
});

test('a session at three in the morning is wrong for one who comes at nine', async () => {
  const night = lines(6, (index) => `${clock(18 * 86_400 + 3 * 3_600 + index * 60)} human:ann GET api.acme.test/v1/items/1 200`);
  const { findings } = await detect(`${office}\n${night}`);
  expect(findings).toMatchObject([{ severity: 'low', observed: { calls: 6 } }]);
});

test('the next morning at nine is right', async () => {
  expect((await detect(office)).findings).toEqual([]);
});

test('three days have no rhythm', async () => {
  const { notEvaluable } = await detect(lines(200, (index) => `${clock(index * 1_200)} human:ann GET api.acme.test/v1/items/1 200`));
  expect(notEvaluable).toMatchObject([{ reason: 'the evidence spans 2 days; a rhythm shows from 14 days on' }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([{ detector: 'off-hours', reason: expect.stringContaining('no call names its principal') as string }]);
});
