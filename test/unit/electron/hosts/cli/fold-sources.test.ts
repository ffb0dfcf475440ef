import { expect, test } from 'vitest';
import { foldSources } from '#electron/hosts/cli/fold-sources.ts';
import type { SourceJson } from '#shared/contract/report-json.ts';

const source = (name: string, more: Partial<SourceJson> = {}): SourceJson =>
  ({ name, format: 'azure-apim', records: 10, accepted: 9, rejected: 1, skipped: 0, ...more }) as SourceJson;
const hour = (day: number, at: number): string =>
  `case.zip!gatewaylogs/resourceId=/SUBSCRIPTIONS/A/y=2026/d=${String(day)}/h=${String(at)}/PT1H.json`;

test('the files of a log are one line with their sums, named by what they share', () => {
  const files = [hour(28, 17), hour(28, 18), hour(29, 1), hour(30, 2), hour(30, 3)].map((name) => source(name));
  const [log, capture, ...more] = foldSources([...files, source('desk.har', { format: 'har' })]);
  expect(log).toMatchObject({ format: 'azure-apim', records: 50, accepted: 45, rejected: 5, skipped: 0 });
  expect(log?.name).toMatch(/^case\.zip!.+…\/PT1H\.json \(5 files\)$/);
  expect(capture).toMatchObject({ name: 'desk.har', records: 10 });
  expect(more).toEqual([]);
});

test('loose files of several logs stand line by line, those of one log together', () => {
  const loose = ['auth.log', 'orders.log', 'pay.log', 'users.log'].map((name) => source(name, { format: 'combined' }));
  expect(foldSources(loose).map(({ name }) => name)).toEqual(['auth.log', 'orders.log', 'pay.log', 'users.log']);
  const stamped = ['20260101T0000Z_4h2xk1ab', '20260101T0005Z_zz81kd0q', '20260101T0010Z_p0o9i8u7', '20260101T0015Z_1q2w3e4r'];
  const hexed = ['deadbeefcafe', '0011aabbccdd', 'aaaaaaaaaaaa', '6f9619ff-8b86-d011-b42d-00c04fc964ff'];
  expect(foldSources(stamped.map((name) => source(`elb_${name}.log`)))).toHaveLength(1);
  expect(foldSources(hexed.map((name) => source(`pod-${name}.log`)))).toHaveLength(1);
});
