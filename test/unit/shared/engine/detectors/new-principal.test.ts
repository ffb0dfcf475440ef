import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['new-principal'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};
/** Two services at work for three days. */
const estate = lines(
  800,
  (index) => `${clock(index * 300)} service:${index % 2 === 0 ? 'billing' : 'stock'} GET api.acme.test/v1/items/${String(index % 9)} 200`,
);

test('a service that nobody had seen and that writes at once is noted', async () => {
  const fresh = lines(5, (index) => `${clock(230_000 + index)} service:fresh POST api.acme.test/v1/payouts 201 s=3`);
  const { findings } = await detect(`${estate}\n${fresh}`);
  expect(findings).toMatchObject([{ severity: 'low', principals: ['p-fresh'], observed: { writes: 5, sensitivity: 'S3' } }]);
});

test('a newcomer that reads what is public is none', async () => {
  const fresh = lines(5, (index) => `${clock(230_000 + index)} service:fresh GET api.acme.test/v1/items/${String(index)} 200`);
  expect((await detect(`${estate}\n${fresh}`)).findings).toEqual([]);
});

test('a small case has no newcomers', async () => {
  const { notEvaluable } = await detect(lines(40, (index) => `${clock(index * 1_000)} service:x GET api.acme.test/v1/items/1 200`));
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('from 500 on') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'new-principal', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
