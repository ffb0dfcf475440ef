import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['new-call-edge'], text);
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

const store = lines(100, (index) => `${clock(index * 2_000)} service:stock GET vault.acme.test/keys/${String(index % 4)} 200`);

test('a proven arrow to a host that the principal had never called is noted', async () => {
  const arrow = `${clock(230_000)} service:billing GET api.acme.test/v1/items/1 200 dur=5000 trace=t1 span=a
    ${clock(230_001)} service:billing GET vault.acme.test/keys/1 200 trace=t1 span=b parent=a`;
  const { findings } = await detect(`${estate}\n${store}\n${arrow}`);
  expect(findings).toMatchObject([{ severity: 'low', principals: ['p-billing'], observed: { host: 'vault.acme.test', provenCalls: 1 } }]);
});

test('without proof, and to a host that it knows, there is no arrow', async () => {
  const order = `${clock(230_001)} service:billing GET vault.acme.test/keys/1 200`;
  expect((await detect(`${estate}\n${store}\n${order}`)).findings).toEqual([]);
  expect((await detect(`${estate}\n${store}`)).findings).toEqual([]);
});

test('a small case has no arrows that were there before', async () => {
  const { notEvaluable } = await detect(lines(40, (index) => `${clock(index * 1_000)} service:x GET api.acme.test/v1/items/1 200`));
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('from 500 on') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'new-call-edge', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
