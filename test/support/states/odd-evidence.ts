/** One JSON line a call, in a dialect that Spoor knows. */
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const at = (second: number): string => new Date(Date.UTC(2026, 9, 3, 22, 14, second)).toISOString();

/** 400 characters without a place to break. */
const LONG_PATH = `/v1/${'very-long-segment-of-a-path-'.repeat(14)}end`.padEnd(400, 'x');

/** Escape sequences, a direction override, a zero-width joiner, tag characters, markup. */
const HOSTILE = '/\u0000\u001b[31mred\u202egnp.exe\u200d\u{e0041}<img src=x onerror=alert(1)>"\'`';

/**
 * Evidence that is awkward to draw: three calls with an endless path, right-to-left and Japanese text and hostile
 * characters, under a name that is as awkward; a source without a zone, one in no known format, one with a bad line.
 */
export const ODD_EVIDENCE: Readonly<Record<string, string>> = {
  'بوابة-الدفع-ゲートウェイ-\u202eevil-and-a-name-that-does-not-want-to-end-on-any-screen-2026-10-03-rotated-0001.ndjson': lines([
    {
      time: at(1),
      method: 'GET',
      path: LONG_PATH,
      status: 200,
      host: 'a-host-with-a-long-name.payments.internal.example',
      userAgent: 'وكيل-الدفع/1.0',
    },
    {
      time: at(2),
      method: 'POST',
      path: '/注文/送信/ご利用ありがとうございます',
      status: 500,
      host: 'xn--wgv71a.example',
      userAgent: '日本語エージェント/2.0',
    },
    { time: at(3), method: 'DELETE', path: HOSTILE, status: 403, host: 'api.example', userAgent: HOSTILE },
    { time: at(4), method: 'GET', path: '/عميل/طلبات/٤٢', status: 200, host: 'api.example', userAgent: 'curl/8' },
  ]),
  'no-zone.ndjson': lines([
    { time: '2026-10-03 22:15:00', method: 'GET', path: '/v1/b', status: 200, host: 'b.test' },
    { time: '2026-10-03 22:15:01', method: 'GET', path: '/v1/b', status: 200, host: 'b.test' },
  ]),
  'own.ndjson': lines([
    { stamp: at(10), verb: 'GET', address: '/v1/c', code_of_answer: 200, caller: 'bill-bot' },
    { stamp: at(11), verb: 'GET', address: '/v1/d', code_of_answer: 200, caller: 'bill-bot' },
  ]),
  'gateway.log': [
    '192.0.2.7 - bot [03/Oct/2026:22:16:01 +0000] "GET /v1/a HTTP/1.1" 200 5 "-" "curl/8"',
    'this is no request',
    '192.0.2.7 - bot [03/Oct/2026:22:16:03 +0000] "GET /v1/a HTTP/1.1" 404 5 "-" "curl/8"',
    '',
  ].join('\n'),
};
