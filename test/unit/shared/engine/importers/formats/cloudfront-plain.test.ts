import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cloudfrontPlain } from '#shared/engine/importers/formats/cloudfront-plain.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/cloudfront-plain/forwarded.tsv', import.meta.url)));

test('rows of 33, of 26 and of more columns are read by their places', async () => {
  const [now, old, later] = callsOf(await readAll(cloudfrontPlain, bytes)).map((item) => item.call);
  expect(now).toMatchObject({
    timeText: '2019-12-04 21:02:31',
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 113,
    method: 'GET',
    scheme: 'https',
    host: 'www.example.com',
    path: '/index.html',
    query: 'a=1',
    status: 200,
    resBytes: 392,
    reqBytes: 23,
    clientIp: '192.0.2.100',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0)',
  });
  expect(old).toMatchObject({ method: 'POST', host: 'api.example.com', status: 403, durationMs: 250, timings: undefined });
  expect(old?.requestHeaders).toEqual([['Cookie', 'theme=dark; sid=0123456789abcdef0123456789abcdef']]);
  expect(later?.extras).toContainEqual(['column-34', 'US']);
});

test('a table with dates between tabs is not claimed', () => {
  const table = `2019-12-04\t21:02:31\tBerlin\t392\n`.repeat(5);
  expect(cloudfrontPlain.recognize(new TextEncoder().encode(table)).strength).toBe('none');
});
