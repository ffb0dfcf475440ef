import { expect, test } from 'vitest';
import { tlsFingerprint } from '#shared/engine/intake/tls-fingerprint.ts';
import type { Header } from '#shared/model/call.ts';

const JA3 = '579ccef312d18482fc42e2b822ca2430';
const JA4 = 't13d1516h2_8daaf6152771_e5627efa2ab1';
const of = (extras: readonly Header[], requestHeaders: readonly Header[] = []): string | undefined =>
  tlsFingerprint({ timeKind: 'unknown', zoneKnown: true, extras, requestHeaders });

test.each([
  ['JA3Hash', JA3, `ja3 ${JA3}`],
  ['JA4', JA4, `ja4 ${JA4}`],
  ['ja4Fingerprint', JA4, `ja4 ${JA4}`],
  ['tls.client.ja3', JA3.toUpperCase(), `ja3 ${JA3}`],
  ['downstream_tls_ja3_fingerprint', JA3, `ja3 ${JA3}`],
])('%s is one of the client', (name, value, expected) => {
  expect(of([[name, value]])).toBe(expected);
});

test('JA4 goes before JA3, and a header that the gateway added counts too', () => {
  expect(of([['JA3Hash', JA3]], [['CloudFront-Viewer-JA4-Fingerprint', JA4]])).toBe(`ja4 ${JA4}`);
});

test('those of the server, other members of the family and other values are none', () => {
  for (const [name, value] of [
    ['ja3s', JA3],
    ['tls.server.ja3s', JA3],
    ['ja4s', JA4],
    ['ja4h', 'ge11nn20enus_9ed1ff1f7b03_cd8dafe26982'],
    ['ja3', '-'],
    ['ninja3', 'x'],
    ['request_id', JA3],
  ] as const)
    expect(of([[name, value]])).toBeUndefined();
});
