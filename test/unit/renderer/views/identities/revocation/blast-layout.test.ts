import { expect, test } from 'vitest';
import { layBlast, MAX_MARKS } from '#renderer/views/identities/revocation/blast-layout.ts';
import type { BlastEndpoint } from '#shared/contract/revocation.ts';

const endpoint = (id: string, host: string, because?: BlastEndpoint['because']): BlastEndpoint => ({
  id,
  host,
  sensitivity: 1,
  dataTypes: [],
  used: because === undefined ? 1 : 0,
  people: 0,
  ...(because === undefined ? {} : { because }),
});

test('hosts stand one below the other, each with its endpoints, the used ones solid', () => {
  const { hosts, height, left } = layBlast([endpoint('a', 'one'), endpoint('b', 'two', 'peers'), endpoint('c', 'one', 'description')]);
  expect(
    hosts.map(({ name, isUsed, marks }) => [name, isUsed, marks.map((mark) => `${mark.id}${mark.isUsed ? '' : '?'}`).join(' ')]),
  ).toEqual([
    ['one', true, 'a c?'],
    ['two', false, 'b?'],
  ]);
  const [one, two] = hosts;
  expect((one?.y ?? 0) + (one?.height ?? 0) / 2).toBeLessThan((two?.y ?? 0) - (two?.height ?? 0) / 2);
  expect(height).toBeGreaterThan(two?.y ?? 0);
  expect(left).toBe(0);
});

test('marks stay inside the picture, in as many lines as they need', () => {
  const { hosts, width, height } = layBlast(Array.from({ length: 50 }, (_, at) => endpoint(String(at), 'one')));
  for (const { x, y } of hosts[0]?.marks ?? []) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(width);
    expect(y).toBeLessThan(height);
  }
  expect(new Set(hosts[0]?.marks.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(50);
});

test('beyond what a picture can show the rest is counted', () => {
  const { hosts, left } = layBlast(Array.from({ length: MAX_MARKS + 7 }, (_, at) => endpoint(String(at), `host-${String(at % 3)}`)));
  expect(hosts.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(MAX_MARKS);
  expect(left).toBe(7);
});

test('nothing in reach is an empty picture', () => {
  expect(layBlast([])).toMatchObject({ hosts: [], left: 0 });
});
