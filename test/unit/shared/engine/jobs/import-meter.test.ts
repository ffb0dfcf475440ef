import { expect, test } from 'vitest';
import type { Progress } from '#shared/contract/methods.ts';
import { importMeter } from '#shared/engine/jobs/import-meter.ts';

const neverRead = (name: string): never => {
  throw new Error(`${name} is not to be read here`);
};
const sourceOf = (name: string, size: number | undefined) => ({ name, size, chunks: () => neverRead(name) });

function createMeter(onDisk: number) {
  const reports: Progress[] = [];
  let now = 0;
  // Every report is a second after the one before, so that none is held back.
  const meter = importMeter(
    (progress) => reports.push(progress),
    () => (now += 1000),
    onDisk,
  );
  return { meter, reports };
}

test('the total is what the members unpack to, not what the archive takes on disk', () => {
  const { meter, reports } = createMeter(100);
  meter.expect([sourceOf('a', 600), sourceOf('b', 400)]);
  meter.begin(sourceOf('a', 600));
  meter.read(300);
  expect(reports.at(-1)).toMatchObject({ done: 300, total: 1000, source: { name: 'a', bytes: 300, total: 600 } });
});

test('where a size is not known, the bytes on disk are the least that is expected', () => {
  const { meter, reports } = createMeter(500);
  meter.expect([sourceOf('a.gz', undefined), sourceOf('b', 100)]);
  meter.begin(sourceOf('a.gz', undefined));
  expect(reports.at(-1)).toMatchObject({ done: 0, total: 500 });
});

test('no total is told where no size is known, nor once more was read than was guessed', () => {
  const lone = createMeter(500);
  lone.meter.expect([sourceOf('a.gz', undefined)]);
  lone.meter.begin(sourceOf('a.gz', undefined));
  expect(lone.reports.at(-1)).not.toHaveProperty('total');
  const { meter, reports } = createMeter(500);
  meter.expect([sourceOf('a.gz', undefined), sourceOf('b', 100)]);
  meter.begin(sourceOf('a.gz', undefined));
  meter.read(499);
  expect(reports.at(-1)).toMatchObject({ done: 499, total: 500 });
  meter.read(2500);
  expect(reports.at(-1)).not.toHaveProperty('total');
});

test('what an earlier attempt has read counts as done', () => {
  const { meter, reports } = createMeter(1000);
  meter.skip(sourceOf('a', 600));
  meter.begin(sourceOf('b', 400));
  expect(reports.at(-1)).toMatchObject({ done: 600, total: 1000 });
});

test('looking into an archive is told without a total', () => {
  const { meter, reports } = createMeter(1000);
  meter.prepare('incident.zip', 250);
  expect(reports).toEqual([{ step: 'looking into incident.zip', done: 250, unit: 'bytes' }]);
});
