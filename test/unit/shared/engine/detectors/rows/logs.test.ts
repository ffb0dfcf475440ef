import { expect, test } from 'vitest';
import { logsOf } from '#shared/engine/detectors/rows/logs.ts';

const file = (id: number, name: string, first: number | null) => ({ id, name, format: 'kong-json', first, last: first });

test('a log is named by its first file; a file without times is one of its own', () => {
  expect([...logsOf([file(1, 'a.log', 2), file(2, 'a.log.1', 1), file(3, 'a.log.2', null)])]).toEqual([
    [1, 2],
    [2, 2],
    [3, 3],
  ]);
});
