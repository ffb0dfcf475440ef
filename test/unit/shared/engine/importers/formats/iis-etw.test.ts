import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { iisEtw } from '#shared/engine/importers/formats/iis-etw.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { callsOf, countOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/iis-etw/events.xml', import.meta.url)));

const event = (data: string): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-IIS-Logging" /></System><EventData>${data}</EventData></Event>\n`;

test('the columns of IIS are found under the names that events give them, entities decoded once', async () => {
  const [item] = callsOf(await readAll(iisEtw, bytes));
  expect(item?.call).toMatchObject({
    timeText: '2022-10-01 11:25:51',
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 49,
    method: 'GET',
    host: 'shop.test',
    port: 443,
    path: '/a/b.json',
    query: 'x=1&y=<2>&z="',
    status: 400,
    resBytes: 134,
    reqBytes: 751,
    clientIp: '192.168.9.212',
    consumer: undefined,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
    referer: 'https://shop.test/',
    requestHeaders: [['Cookie', 'sid=0123456789abcdef0123456789abcdef; a=b']],
    extras: expect.arrayContaining([
      ['sc-substatus', '3'],
      ['computer', 'web-1.shop.test'],
      ['event-time', '2022-10-01T11:25:54.6206890Z'],
    ]) as unknown,
  });
  if (item === undefined) throw new Error('no call');
  const stored = JSON.stringify(createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(item.call));
  expect(stored).not.toContain('0123456789abcdef0123456789abcdef');
});

test('an event of another provider is skipped; declaration and root are no records', async () => {
  const items = await readAll(iisEtw, bytes);
  expect(countOf(items)).toMatchObject({ accepted: 2, rejected: 0, skipped: 1 });
  expect(issuesOf(items)[0]?.message).toBe('an event of Microsoft-Windows-Security-Auditing');
});

test('entities of a DOCTYPE are not expanded, and markup in a value is text', async () => {
  const bomb = `<!DOCTYPE Event [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>\n`;
  const data =
    '<Data Name="cs-method">GET</Data><Data Name="cs-uri-stem">/&b;/&f;/&#0;/&#x110000;</Data><Data Name="cs-uri-query"><script>alert(1)</script></Data>';
  const items = await readAll(iisEtw, bomb + event(data));
  expect(countOf(items)).toMatchObject({ accepted: 1, rejected: 1 });
  expect(callsOf(items)[0]?.call).toMatchObject({ path: '/&b;/&f;/&#0;/&#x110000;', query: '<script>alert(1)</script>' });
});

test('a million open tags and a cut event cost no time and give no call', async () => {
  const hostile = event('<Data Name="x">'.repeat(100_000));
  const cut = event('<Data Name="cs-method">GET</Data>').slice(0, 150);
  expect(countOf(await readAll(iisEtw, `${hostile}${cut}\n`)).accepted).toBe(0);
});

test('an event without method, path and status is rejected', async () => {
  expect(
    issuesOf(await readAll(iisEtw, event('<Data Name="c-ip">10.0.0.1</Data>'))).map(({ severity, code }) => [severity, code]),
  ).toContainEqual(['reject', 'FIELD_MISSING']);
});

test('events that a forwarder sent as syslog are read without its prefix', async () => {
  const line = event('<Data Name="cs-method">GET</Data><Data Name="cs-uri-stem">/a</Data>').trim();
  const items = await readAll(iisEtw, `Jan  2 10:00:00 web-1 events: ${line}\nJan  2 10:00:01 web-1 events: ${line}\n`);
  expect(countOf(items)).toMatchObject({ accepted: 2, rejected: 0 });
});
