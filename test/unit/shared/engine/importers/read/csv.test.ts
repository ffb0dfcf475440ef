import { expect, test } from 'vitest';
import { detectCsv, toRowObject } from '#shared/engine/importers/read/csv.ts';
import { jsonAccess } from '#shared/engine/importers/formats/json-access.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

test.each([
  ['commas', 'a,b,c\n1,2,3\n', ',', ['a', 'b', 'c']],
  ['semicolons, with commas inside', 'a;b\n"1,5";2\n"2,5";3\n', ';', ['a', 'b']],
  ['TABs', 'a\tb\n1\t2\n', '\t', ['a', 'b']],
  ['bars', 'a|b\n1|2\n', '|', ['a', 'b']],
  ["Excel's first line", 'sep=;\na;b\n1;2\n', ';', ['a', 'b']],
  ['names that stand twice or not at all', 'a,,b,a\n1,2,3,4\n', ',', ['a', 'column 2', 'b', 'a 2']],
  ['one column of JSON', 'json_payload\n"{""a"":1}"\n"{""a"":2}"\n', ',', ['json_payload']],
])('a table with %s is recognised', (_, text, delimiter, header) => {
  expect(detectCsv(text)).toEqual({ delimiter, header });
});

test.each([
  ['prose', 'Dear colleague,\nat 10:32, we saw it, twice, and so on\nRegards, me\n'],
  ['a table without a header', '1,2,3\n4,5,6\n'],
  ['one column of words', 'name\nalice\nbob\n'],
  ['an access log', '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326 "-" "a, b; c|d"\n'.repeat(5)],
  ['JSON lines', '{"a":1,"b":2}\n{"a":1,"b":2}\n'],
  ['a header alone', 'a,b,c\n'],
  ['nothing', ''],
])('%s is no table', (_, text) => {
  expect(detectCsv(text)).toBeUndefined();
});

test('a column with the name of an inherited member is a column like any other', () => {
  const row = toRowObject({ delimiter: ',', header: ['__proto__', 'constructor'] }, ['1', '2']);
  expect(Object.entries(row)).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ]);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test('rows that do not fit are rejected with their line, and the others are read', async () => {
  const text = [
    'time,method,path,status',
    '2026-01-01T00:00:00Z,GET,/a,200',
    '2026-01-01T00:00:01Z,GET,/b',
    '2026-01-01T00:00:02Z,GET,"/c,200',
    '2026-01-01T00:00:03Z,GET,"/d\nd",200',
    '',
    '2026-01-01T00:00:04Z,GET,/e,200,more',
    ...Array.from({ length: 5 }, () => '2026-01-01T00:00:05Z,GET,/f,200'),
  ].join('\n');
  const items = await readAll(jsonAccess, text);
  expect(callsOf(items).map(({ record, call }) => [record, call.path])).toEqual([
    [2, '/a'],
    [5, '/d\nd'],
    ...[9, 10, 11, 12, 13].map((record) => [record, '/f']),
  ]);
  expect(issuesOf(items).map(({ record, code, severity }) => [record, code, severity])).toEqual([
    [3, 'CSV_RAGGED', 'reject'],
    [4, 'CSV_RAGGED', 'reject'],
    [8, 'CSV_RAGGED', 'reject'],
  ]);
});

test('a table in UTF-16, as PowerShell writes it, gives the same with places in the source', async () => {
  const text = 'time,method,path,status\n2026-01-01T00:00:00Z,GET,/ä,200\n2026-01-01T00:00:01Z,GET,/b,200\n';
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (let at = 0; at < text.length; at += 1) bytes.set([text.charCodeAt(at) & 0xff, text.charCodeAt(at) >> 8], 2 + at * 2);
  const items = callsOf(await readAll(jsonAccess, bytes));
  expect(items.map(({ call }) => call.path)).toEqual(['/ä', '/b']);
  expect(items[1]?.at).toEqual({ start: 2 + text.indexOf('2026-01-01T00:00:01Z') * 2, length: 31 * 2 });
});
