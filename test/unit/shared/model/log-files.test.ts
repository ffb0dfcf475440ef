import { expect, test } from 'vitest';
import { joinLogs, kindOfLog } from '#shared/model/log-files.ts';

const HOUR = 3_600_000_000;
const file = (id: number, name: string, from: number, to = from + 1, format = 'kong-json') => ({
  id,
  name,
  format,
  first: from * HOUR,
  last: to * HOUR,
});
const joined = (...files: readonly ReturnType<typeof file>[]): readonly (readonly number[])[] =>
  joinLogs(files).map((log) => log.map(({ id }) => id));

test.each<[string, ...ReturnType<typeof file>[]]>([
  ['rotated by number, the newest first', file(1, 'gw/access.log', 2), file(2, 'gw/access.log.1', 1), file(3, 'gw/access.log.2', 0)],
  ['by day', file(1, 'lb.zip!haproxy.log-20260929', 0, 24), file(2, 'lb.zip!haproxy.log-20260930', 24, 48), file(3, 'lb.zip!haproxy.log-20261002', 72, 90)],
  ['by the hour in folders', file(1, 'y=2026/m=10/d=01/h=08/PT1H.json', 0), file(2, 'y=2026/m=10/d=01/h=09/PT1H.json', 1), file(3, 'y=2026/m=10/d=02/h=00/PT1H.json', 16)],
  ['packed but for the newest', file(1, 'access.log', 1), file(2, 'access.log.2.gz', 0)],
  ['with an id of their own', file(1, 'cf/E1T9.2026-10-01-08.186c0044.gz', 0), file(2, 'cf/E1T9.2026-10-01-09.25a5acf6.gz', 1), file(3, 'cf/E1T9.2026-10-01-10.449ae8cd.gz', 2)],
])('files of one log %s', (_, ...files) => {
  expect(joined(...files)).toHaveLength(1);
}); // prettier-ignore

test.each<[string, ...ReturnType<typeof file>[]]>([
  ['side by side', file(1, 'node-1/access.log', 0, 9), file(2, 'node-2/access.log', 0, 9)],
  ['of other names', file(1, 'edge.log', 0), file(2, 'mesh.log', 2)],
  ['of other formats', file(1, 'access.log', 0), file(2, 'access.log.1', 2, 3, 'nginx')],
])('files %s stay apart', (_, ...files) => {
  expect(joined(...files)).toHaveLength(2);
});

test('of two hosts each has its own log, whichever begins its file first', () => {
  const hours = [file(1, 'node-1/08.log', 0), file(2, 'node-2/08.log', 0), file(3, 'node-2/09.log', 1), file(4, 'node-1/09.log', 1.01, 2)];
  expect(joined(...hours)).toEqual([[1, 4], [2, 3]]);
}); // prettier-ignore

test('a caller may ask for more than a name', () => {
  const files = [file(1, 'a.log', 0), file(2, 'b.log', 1), file(3, 'c.log', 2)];
  expect(joinLogs(files, ({ format }) => format, (_, { name }) => name !== 'b.log').map((log) => log.length)).toEqual([2, 1]);
}); // prettier-ignore

test.each([
  ['elb_20260101T0000Z_10.0.0.7_4h2xk1ab.log', 'elb_20260101T0005Z_10.0.1.7_zz81kd0q.log'],
  ['pod-deadbeefcafe.log', 'pod-6f9619ff-8b86-d011-b42d-00c04fc964ff.log'],
])('%s and %s differ by what tells files apart', (a, b) => {
  expect(kindOfLog({ name: a, format: 'x' })).toBe(kindOfLog({ name: b, format: 'x' }));
});

test.each([
  ['edge1proxy.log', 'mesh1proxy.log'],
  ['feedback2.log', 'payback2.log'],
])('%s and %s are two logs: a word with a number in it is no id', (a, b) => {
  expect(kindOfLog({ name: a, format: 'x' })).not.toBe(kindOfLog({ name: b, format: 'x' }));
});
