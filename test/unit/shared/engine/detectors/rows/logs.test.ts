import { expect, test } from 'vitest';
import { logsOf } from '#shared/engine/detectors/rows/logs.ts';

const HOUR = 3_600_000_000;
const file = (id: number, name: string, from: number, to = from + 1, format = 'kong-json') => ({
  id,
  name,
  format,
  first: from * HOUR,
  last: to * HOUR,
});
const joined = (...files: readonly ReturnType<typeof file>[]): readonly (readonly number[])[] => {
  const logs = new Map<number, number[]>();
  for (const [id, log] of logsOf(files)) logs.set(log, [...(logs.get(log) ?? []), id]);
  return [...logs.values()];
}; // prettier-ignore

test.each([
  ['rotated by number, the newest first', file(1, 'gw/access.log', 2), file(2, 'gw/access.log.1', 1), file(3, 'gw/access.log.2', 0)],
  ['by day', file(1, 'lb.zip!haproxy.log-20260929', 0, 24), file(2, 'lb.zip!haproxy.log-20260930', 24, 48), file(3, 'lb.zip!haproxy.log-20261002', 72, 90)],
  ['by the hour in folders', file(1, 'y=2026/m=10/d=01/h=08/PT1H.json', 0), file(2, 'y=2026/m=10/d=01/h=09/PT1H.json', 1), file(3, 'y=2026/m=10/d=02/h=00/PT1H.json', 16)],
  ['with an id of their own', file(1, 'cf/E1T9.2026-10-01-08.186c0044.gz', 0), file(2, 'cf/E1T9.2026-10-01-09.25a5acf6.gz', 1), file(3, 'cf/E1T9.2026-10-01-10.449ae8cd.gz', 2)],
])('files of one log %s', (_, ...files) => {
  expect(joined(...files)).toHaveLength(1);
}); // prettier-ignore

test.each([
  ['side by side', file(1, 'node-1/access.log', 0, 9), file(2, 'node-2/access.log', 0, 9)],
  ['of other names', file(1, 'edge.log', 0), file(2, 'mesh.log', 2)],
  ['of other formats', file(1, 'access.log', 0), file(2, 'access.log.1', 2, 3, 'nginx')],
  ['without times', { ...file(1, 'a.log', 0), first: null }, file(2, 'a.log.1', 2)],
])('files %s stay apart', (_, ...files) => {
  expect(joined(...(files as ReturnType<typeof file>[]))).toHaveLength(2);
});
