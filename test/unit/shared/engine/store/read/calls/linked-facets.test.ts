import { expect, test } from 'vitest';
import { makeChange } from '#shared/engine/store/review/log.ts';
import { countLinked, linkedValues } from '#shared/engine/store/read/calls/linked-facets.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const line = (path: string, status: number): string =>
  `192.0.2.7 - - [10/Oct/2026:13:55:00 +0000] "GET ${path} HTTP/1.1" ${String(status)} 5 "-" "curl/8"\n`;
const db = memoryCase();
await importText(db, 'a.log', line('/a', 200) + line('/b', 404) + line('/c', 200));
const tag = (name: string, ...refs: readonly string[]) =>
  makeChange(db, { kind: 'tag', tag: name, refs, on: true }, '2026-10-01T10:00:00.000Z');
tag('exfil', 'a.log#1', 'a.log#2');
tag('odd', 'a.log#2');

test.each([
  ['in memory', undefined],
  ['too large for memory', 0],
])('tags of a case %s are counted among the calls that fit, and calls with several tags once', async (_name, most) => {
  const ask = (text: string, contains = '') =>
    countLinked(searchOver(db, most), askedText(text), 'tag', { top: 5, within: { field: 'tag', contains } }, noBreath);
  expect(await ask('status:200')).toEqual({
    field: 'tag',
    distinct: 1,
    without: 1,
    values: [
      { value: 'exfil', calls: 1, all: 2 },
      { value: 'odd', calls: 0, all: 1 },
    ],
  });
  expect(await ask('*')).toMatchObject({ distinct: 2, without: 1 });
  expect((await ask('*', 'OD')).values).toEqual([{ value: 'odd', calls: 1, all: 1 }]);
});

test('findings are counted by detector and by severity, a call of two findings once in each', async () => {
  const found = memoryCase();
  await importText(found, 'a.log', line('/a', 200) + line('/b', 404) + line('/c', 200));
  const add = (id: number, detector: string, severity: string, calls: readonly number[]): void => {
    found
      .prepare("INSERT INTO finding VALUES (?, ?, ?, 'incident', ?, ?, '{}')")
      .run(id, `${detector}:${String(id)}`, detector, id, severity);
    calls.forEach((call, position) => found.prepare('INSERT INTO finding_call VALUES (?, ?, ?)').run(id, position, call));
  };
  add(1, 'burst', 'high', [1, 2]);
  add(2, 'burst', 'low', [2]);
  add(3, 'walk', 'high', [2]);
  const ask = (field: string, text: string) => countLinked(searchOver(found), askedText(text), field, { top: 5 }, noBreath);
  expect(await ask('finding', '*')).toEqual({
    field: 'finding',
    distinct: 2,
    without: 1,
    values: [
      { value: 'burst', calls: 2, all: 2 },
      { value: 'walk', calls: 1, all: 1 },
    ],
  });
  expect(await ask('severity', 'status:200')).toMatchObject({
    without: 1,
    values: [
      { value: 'high', calls: 1, all: 2 },
      { value: 'low', calls: 0, all: 1 },
    ],
  });
  expect(linkedValues(found, 'finding', askedText('*').filter, 'W', 5)).toEqual([{ value: 'walk', calls: 1 }]);
});
