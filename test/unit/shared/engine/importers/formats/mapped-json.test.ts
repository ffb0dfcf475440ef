import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mappedJson } from '#shared/engine/importers/formats/mapped-json.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import type { Mapping } from '#shared/model/mapping.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (folder: string, name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/${folder}/${name}`, import.meta.url)));

const mapping: Mapping = {
  name: 'made up',
  requires: ['result'],
  time: { from: ['when'], format: '%Y/%m/%d - %H:%M:%S', kind: 'end' },
  duration: { from: ['spent'], unit: 'go' },
  fields: { method: ['what.verb'], url: ['what.where'], status: ['result'], clientIp: ['who'] },
  requestHeaders: { named: { 'x-api-key': ['key'] } },
};

test('what the mapping names becomes the call, and the rest is kept', async () => {
  const items = await readAll(mappedJson, fixture('mapped-json', 'lines.jsonl'), { settings: { mapping }, zoneOffsetMinutes: 120 });
  const [item, second] = callsOf(items);
  expect(item?.call).toMatchObject({
    timeKind: 'end',
    zoneKnown: false,
    durationMs: 0.004529,
    method: 'GET',
    path: '/user/foo',
    query: 'a=1',
    status: 200,
    clientIp: '172.17.0.1',
    requestHeaders: [['x-api-key', 'k-secret-1']],
    extras: [['note', 'x']],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2022-06-15T13:37:07.000000Z');
  expect(second?.call.extras).toEqual([
    ['what.extra', '7'],
    ['note', 'y'],
  ]);
  expect(countOf(items)).toMatchObject({ accepted: 2, skipped: 1, rejected: 0 });
});

test('rows of a table are read by the same mapping, a dotted column name included', async () => {
  const items = await readAll(mappedJson, fixture('mapped-json', 'table.csv'), { settings: { mapping } });
  expect(callsOf(items).map(({ record, call }) => [record, call.method, call.path, call.status, call.durationMs])).toEqual([
    [2, 'GET', '/user/foo', 200, 12],
    [3, 'GET', '/user/bar', 404, 3],
  ]);
});

test('a mapping that was given overrules a format that content shows, but not where its keys are missing', () => {
  const kong = fixture('kong-json', 'lines.jsonl');
  const own: Mapping = { name: 'own', requires: [], fields: { method: ['request.method'], url: ['request.uri'] } };
  expect(recognize(kong, 'x', undefined, { mapping: own }).importer?.id).toBe('mapped-json');
  expect(recognize(kong, 'x', undefined, { mapping }).importer?.id).toBe('kong-json');
});

test('of the mappings saved with a case the first whose keys stand in the records is used', async () => {
  const other: Mapping = { ...mapping, name: 'other', requires: ['nothing'] };
  const settings = { declaredMappings: [other, mapping] };
  const choice = recognize(fixture('mapped-json', 'lines.jsonl'), 'x', undefined, settings);
  expect(choice.importer?.id).toBe('mapped-json');
  expect(choice.why).toContain('made up');
  expect(countOf(await readAll(mappedJson, fixture('mapped-json', 'lines.jsonl'), { settings })).accepted).toBe(2);
});

test('a saved mapping without required keys claims nothing by itself', () => {
  const loose: Mapping = { ...mapping, requires: [] };
  expect(mappedJson.recognize(fixture('mapped-json', 'lines.jsonl'), 'x', { declaredMappings: [loose] }).strength).toBe('none');
});

test('keys that every object inherits are no keys of a record', async () => {
  const settings = {
    mapping: { name: 'x', requires: [], fields: { method: ['constructor'], url: ['__proto__.polluted', 'toString'], status: ['s'] } },
  };
  const items = await readAll(mappedJson, toBytes('{"s":200,"a":1}\n'), { settings });
  expect(countOf(items)).toMatchObject({ accepted: 0, skipped: 1 });
});
