import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['new-endpoint-for-principal'], text);
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

test('a service that leaves its repertoire for sensitive ground is noted with all its calls there', async () => {
  const odd = lines(3, (index) => `${clock(230_000 + index)} service:billing GET api.acme.test/v1/cards/${String(index)} 200 s=3`);
  const { findings } = await detect(`${estate}\n${odd}`);
  expect(findings).toMatchObject([{ severity: 'low', principals: ['p-billing'], observed: { calls: 3 } }]);
  expect(findings[0]?.calls).toHaveLength(3);
});

test('ground that its peers walk on every day, and ground that holds nothing, are no news', async () => {
  const peers = lines(40, (index) => `${clock(index * 2_000)} service:stock GET api.acme.test/v1/cards/${String(index % 3)} 200 s=3`);
  const odd = lines(3, (index) => `${clock(230_000 + index)} service:billing GET api.acme.test/v1/cards/${String(index)} 200 s=3`);
  expect((await detect(`${estate}\n${peers}\n${odd}`)).findings).toEqual([]);
  const plain = lines(3, (index) => `${clock(230_000 + index)} service:billing GET api.acme.test/v1/news/${String(index)} 200`);
  expect((await detect(`${estate}\n${plain}`)).findings).toEqual([]);
});

test('a small case has no repertoire', async () => {
  const { notEvaluable } = await detect(lines(40, (index) => `${clock(index * 1_000)} service:x GET api.acme.test/v1/items/1 200`));
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('from 500 on') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'new-endpoint-for-principal', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
