import { expect, test } from 'vitest';
import { syslog } from '#shared/engine/importers/envelopes/syslog.ts';
import { accessCombined } from '#shared/engine/importers/formats/access-combined.ts';
import { accessCommon } from '#shared/engine/importers/formats/access-common.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const line = '192.0.2.7 - - [15/Sep/2021:16:13:46 +0000] "GET / HTTP/1.1" 200 5 "-" "x"';
const untimed = '192.0.2.7 - - "GET /a HTTP/1.1" 200 5';

test.each([
  ['Sep  5 16:13:46 web1 nginx[2869]: m', 'm', { time: 'Sep  5 16:13:46', host: 'web1', program: 'nginx' }],
  ['<134>Sep 15 16:13:46 web1 nginx: m', 'm', { time: 'Sep 15 16:13:46', host: 'web1', program: 'nginx' }],
  [
    'Sep 15 16:13:46 haproxy[12]: 10.0.1.2:33317 [x] m',
    '10.0.1.2:33317 [x] m',
    { time: 'Sep 15 16:13:46', host: undefined, program: 'haproxy' },
  ],
  ['<134>2016-07-04T22:37:26Z cache-1 name[1]: m', 'm', { time: '2016-07-04T22:37:26Z', host: 'cache-1', program: 'name' }],
  ['2021-09-15T16:13:46.123456+02:00 web1 nginx[1]: m', 'm', { time: '2021-09-15T16:13:46.123456+02:00', host: 'web1', program: 'nginx' }],
  [
    '<171>1 2025-11-05T20:47:03.000000+00:00 fw.lan nginx - - - m',
    'm',
    { time: '2025-11-05T20:47:03.000000+00:00', host: 'fw.lan', program: 'nginx' },
  ],
  ['<165>1 - - app 1 ID47 [a@1 k="v\\]] x"][b@2] \uFEFFm', 'm', { time: undefined, host: undefined, program: 'app' }],
  [
    'Mar 24 14:26:01 --- last message repeated 2 times ---',
    '--- last message repeated 2 times ---',
    { time: 'Mar 24 14:26:01', host: undefined, program: undefined },
  ],
] as const)('%s gives its message, time, host and program', (text, message, outer) => {
  expect(syslog.unwrap(text)).toEqual({ text: message, outer });
});

test.each([
  line,
  'Dear colleague, at 10:32 we saw it fail',
  '2026-01-02 10:00:00 INFO  Started',
  '<html>',
  '<171>1 2025-11-05T20:47:03Z h a - - [x',
  '',
])('%s wears no syslog header', (text) => {
  expect(syslog.unwrap(text)).toBeUndefined();
});

test("the record's own time counts, and the machine and program are kept with the call", async () => {
  const text = `Sep 15 16:13:59 web1 nginx[1]: ${line}\nSep 15 16:14:00 web1 sudo: jane : COMMAND=/bin/ls\n`.repeat(3);
  expect(recognize(toBytes(text), 'x').importer?.id).toBe('access-combined');
  const items = await readAll(accessCombined, text);
  const [item] = callsOf(items);
  expect(item?.call.time && printTime(item.call.time)).toBe('2021-09-15T16:13:46.000000Z');
  expect(item?.call.extras).toEqual([
    ['log-host', 'web1'],
    ['log-program', 'nginx'],
  ]);
  expect(countOf(items)).toMatchObject({ accepted: 3, rejected: 0, skipped: 3 });
});

test('a time without a year is no time, unless the analyst says the year', async () => {
  const text = `Mar 24 14:02:50 web1 tomcat.log: ${untimed}\n`.repeat(2);
  const plain = await readAll(accessCommon, text);
  expect(callsOf(plain)[0]?.call).toMatchObject({ time: undefined, timeText: 'Mar 24 14:02:50', zoneKnown: false });
  expect(issuesOf(plain).map((issue) => issue.code)).toContain('TIME_AMBIGUOUS');
  const [item] = callsOf(await readAll(accessCommon, text, { settings: { year: 2024 }, zoneOffsetMinutes: 60 }));
  expect(item?.call.time && printTime(item.call.time)).toBe('2024-03-24T13:02:50.000000Z');
  expect(item?.call.zoneKnown).toBe(false);
});

test('a header of a megabyte is judged at once', () => {
  const started = performance.now();
  for (const text of [
    `<171>1 - - a - - [x "${'\\"'.repeat(500_000)}`,
    `Sep 15 16:13:46 ${'a'.repeat(1_000_000)}`,
    `Sep 15 16:13:46 ${'a '.repeat(500_000)}`,
  ])
    syslog.unwrap(text);
  expect(performance.now() - started).toBeLessThan(500);
});
