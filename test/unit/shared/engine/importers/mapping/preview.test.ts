import { expect, test } from 'vitest';
import { previewMapping, proposeForHead } from '#shared/engine/importers/mapping/preview.ts';
import type { Mapping } from '#shared/model/mapping.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const mapping: Mapping = {
  name: 'own',
  requires: ['m'],
  time: { from: ['t'], format: 'iso', kind: 'start' },
  duration: { from: ['d'], unit: 'ms' },
  fields: { method: ['m'], url: ['u'], status: ['s'] },
};

test('the first records are shown as calls, with what could not be understood', () => {
  const head = toBytes(
    '{"t":"2026-01-01T00:00:00Z","m":"GET","u":"/a","s":200,"d":3}\n{"t":"noon","m":"PUT","u":"/b","s":"OK","d":"long"}\n{"x":1}\n',
  );
  const preview = previewMapping(head, mapping, 0, 10);
  expect(preview.map(({ record, call }) => [record, call?.method, call?.path])).toEqual([
    [1, 'GET', '/a'],
    [2, 'PUT', '/b'],
    [3, undefined, undefined],
  ]);
  expect(preview[0]?.notUnderstood).toEqual([]);
  expect(preview[1]?.notUnderstood).toEqual([
    { target: 'time', text: 'noon' },
    { target: 'duration', text: 'long' },
    { target: 'status', text: 'OK' },
  ]);
  expect(previewMapping(head, mapping, 0, 1)).toHaveLength(1);
});

test('records are found inside of layers', () => {
  const docker = toBytes('{"log":"{\\"m\\":\\"GET\\",\\"u\\":\\"/a\\"}\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}\n'.repeat(3));
  expect(previewMapping(docker, mapping, 0, 5).map(({ call }) => call?.path)).toEqual(['/a', '/a', '/a']);
  const table = toBytes('m;u;s\nGET;/a;200\nPUT;/b;201\n');
  expect(previewMapping(table, mapping, 0, 5).map(({ call }) => call?.status)).toEqual([200, 201]);
});

test('a proposal is made for what stands inside of the layers', () => {
  const table = toBytes('time,verb,path,status\n2026-01-01T00:00:00Z,GET,/a,200\n2026-01-01T00:00:01Z,GET,/b,200\n');
  expect(proposeForHead(table, 'mine')).toMatchObject({
    confident: true,
    records: 2,
    mapping: { name: 'mine', fields: { method: ['verb'], url: ['path'] } },
  });
});

test('prose and bytes have no proposal', () => {
  expect(proposeForHead(toBytes('Dear colleague,\nno records here.\n'))).toBeUndefined();
  expect(proposeForHead(Uint8Array.from({ length: 999 }, (_, index) => (index * 167) & 0xff))).toBeUndefined();
  expect(proposeForHead(new Uint8Array(0))).toBeUndefined();
});
