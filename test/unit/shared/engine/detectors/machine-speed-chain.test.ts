import { expect, test } from 'vitest';
import { detect as detectWith, type Detected } from '#test/support/detect.ts';

const detect = (text: string): Promise<Detected> => detectWith(['machine-speed-chain'], text);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
/** `[day+]hh:mm:ss` of a second. */
const clock = (second: number): string => {
  const part = (value: number): string => String(value).padStart(2, '0');
  const inDay = Math.floor(second) % 86_400;
  return `${String(Math.floor(second / 86_400))}+${part(Math.floor(inDay / 3600))}:${part(Math.floor(inDay / 60) % 60)}:${part(inDay % 60)}`;
};

const slow = lines(60, (index) => `${clock(index * 30)} human:ann GET api.acme.test/v1/${['a', 'b', 'c', 'd', 'e'][index % 5] ?? ''} 200`);
const run = (count: number, operations: number): string =>
  lines(
    count,
    (index) =>
      `2+01:00:0${String(Math.floor(index / 10))}.${String(index % 10)} human:ann GET api.acme.test/v1/${['a', 'b', 'c', 'd', 'e'][index % operations] ?? ''} 200`,
  );

test('forty calls a tenth of a second apart are no hand', async () => {
  expect((await detect(`${slow}\n${run(40, 5)}`)).findings).toMatchObject([
    { severity: 'low', observed: { calls: 40, operations: 5, medianPauseMs: 100 } },
  ]);
});

test('three endpoints in turn are a page that loads, and the usual pace is a person', async () => {
  expect((await detect(`${slow}\n${run(40, 3)}`)).findings).toEqual([]);
  expect((await detect(slow)).findings).toEqual([]);
});

test('without a person nothing can be too fast for one', async () => {
  const { notEvaluable } = await detect('00:01 service:x GET api.acme.test/v1/a 200');
  expect(notEvaluable).toMatchObject([{ reason: expect.stringContaining('no principal is known to be one person') as string }]);
});

test('calls that name no principal cannot be judged', async () => {
  const { notEvaluable } = await detect(
    lines(100, (index) => `${clock(index)} - GET api.acme.test/v1/items/${String(index)}?page=${String(index)} 200 bytes=100`),
  );
  expect(notEvaluable).toMatchObject([
    { detector: 'machine-speed-chain', reason: expect.stringContaining('no call names its principal') as string },
  ]);
});
