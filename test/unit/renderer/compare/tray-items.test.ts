import { expect, test } from 'vitest';
import { callItem, chainItem, principalItem, windowItem } from '#renderer/compare/tray-items.ts';
import { parseQuery } from '#shared/query/parse.ts';

test('what is laid aside finds its calls, whatever its name holds', () => {
  const name = 'odd "name" (x) or *#7';
  for (const { query } of [callItem(name), chainItem(name, ''), principalItem(name, '')]) {
    const parsed = parseQuery(query);
    expect(parsed.ok && parsed.ast.kind === 'match' && parsed.ast.values).toEqual([[name]]);
  }
});

test('a window without one of its ends reaches to the end of the case; without both it is none', () => {
  const start = Date.UTC(2026, 9, 1, 8) * 1000;
  expect(windowItem(start, start + 3_600_000_000)).toEqual({
    kind: 'window',
    query: 'time >= 2026-10-01T08:00:00.000000Z and time < 2026-10-01T09:00:00.000000Z',
    label: '2026-10-01 08:00:00 to 2026-10-01 09:00:00 UTC',
  });
  expect(windowItem(undefined, start)?.query).toBe('time < 2026-10-01T08:00:00.000000Z');
  expect(windowItem(start, undefined)?.label).toBe('2026-10-01 08:00:00 to … UTC');
  expect(windowItem(undefined, undefined)).toBeUndefined();
});
