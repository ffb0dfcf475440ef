/** Rows of the table of bad inputs (section 5 of the trust design) that belong to no single module: each goes through the whole product. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { openOutput } from '#electron/node/output-file.ts';
import { AppError } from '#shared/contract/errors.ts';
import { engineMethods } from '#shared/contract/table.ts';
import { appendAudit } from '#shared/engine/store/audit/append.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { checkCase } from '#shared/engine/store/open.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { fixedCrypto, memoryCase } from '#test/support/case.ts';
import { engineOver, idleContext, type EngineOver } from '#test/support/fuzz/engine-over.ts';
import { ledgerOf } from '#test/support/ledger.ts';
import { toBytes } from '#test/support/read-evidence.ts';
import { ORDERS, PAYLOADS } from '#test/support/trust/payloads.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-rows-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One call of each format, `text` in a field that is free. */
const CARRIERS: Readonly<Record<string, (text: string) => string>> = {
  'an access log': (text) => {
    const agent = text.replaceAll('"', '\\"').replaceAll(/[\r\n\u2028]/g, ' ');
    return ['/first', '/x', '/last'].map((path, second) => `192.0.2.7 - - [10/Oct/2026:13:55:0${String(second)} +0000] "GET ${path} HTTP/1.1" 200 5 "-" "${path === '/x' ? agent : 'curl/8'}"\n`).join('');
  },
  'a gateway log': (text) =>
    ['/first', '/x', '/last']
      .map((uri) => `${JSON.stringify({ request: { method: 'GET', uri, url: `https://api.example:443${uri}`, headers: { 'user-agent': uri === '/x' ? text : 'a' } }, response: { status: 200, headers: {} }, latencies: { request: 1, kong: 1, proxy: 0 }, client_ip: '192.0.2.7', started_at: 1790812800000 })}\n`)
      .join(''),
  'a capture': (text) =>
    JSON.stringify({
      log: {
        version: '1.2',
        entries: ['/first', '/x', '/last'].map((path) => ({
          startedDateTime: '2026-10-01T00:00:00.000Z',
          time: 1,
          request: { method: 'GET', url: `https://api.example${path}`, headers: [{ name: 'User-Agent', value: path === '/x' ? text : 'a' }, { name: text.slice(0, 200), value: text }] },
          response: { status: 200, headers: [{ name: 'x-note', value: text }], content: { mimeType: 'application/json', text: JSON.stringify({ [text]: text, note: text }) } },
          cache: {},
          timings: { send: 0, wait: 1, receive: 0 },
        })),
      },
    }),
  'lines of JSON': (text) =>
    ['/first', '/x', '/last'].map((path) => `${JSON.stringify({ time: '2026-10-01T00:00:00Z', method: 'GET', path, status: 200, host: 'api.example', userAgent: text, [text.slice(0, 100)]: text })}\n`).join(''),
  'a table': (text) =>
    `time,method,path,status,host,user_agent\n${['/first', '/x', '/last'].map((path) => `2026-10-01T00:00:00Z,GET,${path},200,api.example,"${text.replaceAll('"', '""')}"\n`).join('')}`,
}; // prettier-ignore

describe.each(Object.entries(CARRIERS))('row 64: in %s', (_where, carry) => {
  test.each(PAYLOADS.map((payload) => [payload.slice(0, 60), payload]))('%j is text: three calls are read, and no prototype changes', async (_short, payload) => {
    const ledger = await ledgerOf(carry(payload), 'evidence');
    expect(ledger).toMatchObject({ state: 'complete', accepted: 3, rejected: 0, calls: ['GET /first 200', 'GET /x 200', 'GET /last 200'] });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
}); // prettier-ignore

/** An entry of a capture with `more` in it, between two good ones. */
const among = (more: string): string => {
  const entry = (path: string, extra = ''): string =>
    `{"startedDateTime":"2026-10-01T00:00:00.000Z","time":1,"request":{"method":"GET","url":"https://api.example${path}"},"response":{"status":200},"cache":{},"timings":{"send":0,"wait":1,"receive":0}${extra}}`;
  return `{"log":{"version":"1.2","entries":[${entry('/first')},${entry('/x', more)},${entry('/last')}]}}`;
};

test.each([100, 511, 512, 513, 1000, 4000, 5000, 10_000, 100_000, 1_000_000, 10_000_000])(
  'row 34: a value of %d levels costs its entry at most, and is read up to 512',
  { timeout: 60_000 },
  async (levels) => {
    const ledger = await ledgerOf(among(`,"_x":${'['.repeat(levels)}${']'.repeat(levels)}`), 'capture.har');
    const isRead = levels < 512;
    expect(ledger).toMatchObject({ state: 'complete', accepted: isRead ? 3 : 2, rejected: isRead ? 0 : 1 });
  },
);

test('row 35: a million keys in one object cost nothing but themselves', { timeout: 60_000 }, async () => {
  const keys = Array.from({ length: 1_000_000 }, (_, index) => `"k${String(index)}":1`).join(',');
  expect(await ledgerOf(among(`,"_x":{${keys}}`), 'capture.har')).toMatchObject({ state: 'complete', calls: ['GET /first 200', 'GET /x 200', 'GET /last 200'] });
}); // prettier-ignore

const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  ...Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== 'constructor'),
];
test.each([...new Set(INHERITED)])('row 36: %s as a key, a header, a parameter and a field is plain data', async (name) => {
  const body = `{"${name}":{"polluted":1}}`;
  const more = `,"${name}":{"polluted":1},"request":{"method":"GET","url":"https://api.example/x?${name}=1","headers":[{"name":"${name}","value":"1"}],"postData":{"mimeType":"application/json","text":${JSON.stringify(body)}}}`;
  expect(await ledgerOf(among(more), 'capture.har')).toMatchObject({ state: 'complete', accepted: 3 });
  expect({}).not.toHaveProperty('polluted');
}); // prettier-ignore

test.each(['9007199254740993', '123456789012345678901234567890', '1e400', '-1e400', '-0', '1.0000000000000001', '0.1e-400', '5e-324', '1E+2'])(
  'row 38: the number %s is kept to the letter',
  async (number) => {
    const over = await engineOver({ 'gateway.log': toBytes(CARRIERS['a gateway log']?.('x').replaceAll('"client_ip"', `"order_id":${number},"client_ip"`) ?? '') });
    const call = JSON.stringify(await over.engine['calls.get']({ ref: 'gateway.log#1' }, idleContext));
    over.db.close();
    expect(call).toContain(number);
  },
); // prettier-ignore

test.each(['NaN', 'Infinity', '-Infinity', 'undefined', "'x'", '01', '.5', '5.', '0x10', '1_000', '/*c*/1', '1//c\n', '[1,]', '{"a":1,}', '+1', '"a\nb"'])(
  'row 39: %j is no JSON: its entry is rejected, the neighbours are read',
  async (value) => {
    expect(await ledgerOf(among(`,"_x":${value}`), 'capture.har')).toMatchObject({ state: 'complete', accepted: 2, rejected: 1 });
  },
); // prettier-ignore

const URLS = [
  'https://user:pw-of-someone@api.example/x', 'HTTPS://API.EXAMPLE/x', 'https://api.example:99999/x', 'https://[::1]/x', 'https://[::1', 'https://xn--/x', 'ftp://a/x', 'file:///etc/passwd',
  'data:text/html,<script>alert(1)</script>', 'javascript:alert(1)', 'vbscript:x', 'spoor://app/x', 'blob:https://a/b', '//api.example/x', '/x', '?', '#', '', ' ', 'https://', 'https:///x',
  'https://api.example/%', 'https://api.example/%zz', 'https://api.example/%00', 'https://api.example/a b', 'https://api.example/\\..\\x', 'https://api.example/../../x', 'https://api.example/?a=1&a=2&&=&',
]; // prettier-ignore
test.each(URLS)('row 51: the URL %j is a text, with its neighbours', async (url) => {
  const ledger = await ledgerOf(among(`,"request":{"method":"GET","url":${JSON.stringify(url)}}`), 'capture.har');
  expect(ledger).toMatchObject({ state: 'complete' });
  expect(ledger.accepted + ledger.rejected).toBe(3);
  expect(JSON.stringify(ledger)).not.toContain('pw-of-someone');
});

test.each(['_id', 'id', 'rowid', 'oid', '_rowid_', 'select', 'order by', 'from', 'null', 'source_id', 'call', 'time', 'text', 'x"y', "x'y", 'x;y', 'x]y', ''])(
  'row 58: a field called %j collides with nothing',
  async (name) => {
    const text = (CARRIERS['lines of JSON']?.('x') ?? '').replaceAll('{"time"', `{${JSON.stringify(name === 'time' ? 'time ' : name)}:"7","time"`);
    expect(await ledgerOf(text, 'evidence')).toMatchObject({ state: 'complete', accepted: 3, rejected: 0 });
  },
); // prettier-ignore

const TABLE = ['time', 'method', 'path', 'status', 'host'];
const ROW = ['2026-10-01T00:00:00Z', 'GET', '/a', '200', 'api.example'];
const table = (separator: string, rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join(separator)}\n`).join('');
test.each([
  ['semicolons', table(';', [TABLE, ROW, ROW]), 2, 0],
  ['tabs', table('\t', [TABLE, ROW, ROW]), 2, 0],
  ['bars', table('|', [TABLE, ROW, ROW]), 2, 0],
  ['a row with a cell too many', table(',', [TABLE, ROW, [...ROW, 'x'], ROW]), 2, 1],
  ['a row with a cell too few', table(',', [TABLE, ROW, ROW.slice(1), ROW]), 2, 1],
  ['a quote that is never closed', table(',', [TABLE, ROW, [...ROW.slice(0, 4), '"api'], ROW]), 2, 1],
  ['a column that stands twice', table(',', [[...TABLE, 'host'], [...ROW, 'b.example'], [...ROW, 'c.example']]), 2, 0],
  ['line ends within quotes', table(',', [TABLE, ROW, [...ROW.slice(0, 4), '"api\r\nexample"'], ROW]), 3, 0],
  ['blank lines between', `${table(',', [TABLE, ROW])}\n\n${table(',', [ROW])}`, 2, 0],
])('row 61: a table with %s is read, and what does not fit is rejected', async (_what, text, accepted, rejected) => {
  expect(await ledgerOf(text, 'table.csv')).toMatchObject({ state: 'complete', accepted, rejected });
}); // prettier-ignore

test('row 65: on the way through the product numbers stay, and everything a spreadsheet computes is marked, header row too', async () => {
  const cells = ['=1+1', '+1+1', '-2+3', '@SUM(1)', '-5.00', '+49 30 1'];
  const lines = cells.map((path, index) => `${JSON.stringify({ time: `2026-10-01T00:00:0${String(index)}Z`, method: 'GET', path, status: 200, host: 'a.example', userAgent: path })}\n`).join('');
  const over = await engineOver({ '=evil.log': toBytes(lines) });
  await over.engine['query.write']({ query: '*', format: 'csv', path: 'calls' }, idleContext);
  for (const format of ['csv', 'inventory', 'kpis'] as const) await over.engine['report.write']({ format, path: format }, idleContext);
  over.db.close();
  for (const [name, text] of over.outputs)
    for (const line of text.split(/\r?\n/)) expect(line, name).not.toMatch(/(?:^|[,;\t"])(?:=|\+1\+|-2\+|@S)/);
}); // prettier-ignore

test.each([
  ['a megabyte', 'a'.repeat(1_000_000)], ['10,000 parentheses', '('.repeat(10_000)], ['5,000 parentheses', '('.repeat(5000)], ['parentheses without an end', '((a'], ['an unfinished quote', '"abc'], ['an unfinished expression', 'path:/[a'],
  ['an emoji as a field', '👩‍💻:x'], ['a NUL between', 'a \0 :'], ['AND alone', 'and'], ['OR at the end', 'a or'], ['a comparison of nothing', 'status>'], ['a closing parenthesis', ')'],
  ['an unknown field', 'statsu:200'], ['1,000 conditions', Array.from({ length: 1000 }, () => 'a').join(' ')], ['a word where a number belongs', 'status:>abc'],
])('row 75: %s is an error with its place, and the answer before stays', (_what, text) => {
  const parsed = parseQuery(text);
  if (parsed.ok) {
    expect(text.length).toBeLessThan(20); // some of them mean something after all
    return;
  }
  expect(parsed.error.message.length).toBeGreaterThan(5);
  expect(parsed.error.at).toBeGreaterThanOrEqual(0);
  expect(parsed.error.at).toBeLessThanOrEqual(text.length);
  expect(engineMethods['calls.count'].params.safeParse({ query: text }).success).toBe(text.length <= 8192);
}); // prettier-ignore

const NEVER_ENDING = [
  '(a+)+$',
  '(a|a)*$',
  '(a|aa)+$',
  '(.*a){20}$',
  '([a-zA-Z]+)*$',
  '(a*)*b',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(x+x+)+y',
  '(?:a?){40}a{40}',
];
test.each(NEVER_ENDING)('row 76: the expression %s answers, or says what it does not take', { timeout: 20_000 }, async (source) => {
  const over = await engineOver({ 'access.log': toBytes(CARRIERS['an access log']?.('a'.repeat(20_000)) ?? '') });
  const began = performance.now();
  const answer = await Promise.resolve(over.engine['calls.count']({ query: `agent:/${source}/` }, idleContext)).catch((thrown: unknown) => thrown);
  over.db.close();
  expect(performance.now() - began).toBeLessThan(5000);
  if (answer instanceof Error) expect(answer).toBeInstanceOf(AppError);
}); // prettier-ignore
test.each(['(a)\\1', '(?=a)', '(?<!a)b', '(?<n>a)\\k<n>', `[${'a'.repeat(10_000)}]`, 'a{5000}', '['])('row 76: %s is refused by name', (source) => {
  const parsed = parseQuery(`path:/${source}/`);
  expect(parsed.ok ? '' : parsed.error.message).not.toBe('');
}); // prettier-ignore

test.each([
  ['a note of 10 MB', { kind: 'note-add', ref: 'a#1', text: 'x'.repeat(10_000_000) }],
  ['a tag of 10 MB', { kind: 'tag', refs: ['a#1'], tag: 'x'.repeat(10_000_000), on: true }],
  ['100,000 calls at once', { kind: 'star', refs: Array.from({ length: 100_000 }, (_, index) => `a#${String(index)}`), on: true }],
  ['a reason of 10 MB', { kind: 'classify', endpoint: 'x', level: 'high', reason: 'x'.repeat(10_000_000) }],
])('row 77: %s is refused with its limit', (_what, change) => {
  expect(engineMethods['review.change'].params.safeParse({ change }).success).toBe(false);
}); // prettier-ignore

describe('what an analyst writes', () => {
  let over: EngineOver;
  beforeAll(async () => {
    over = await engineOver({ 'access.log': toBytes(CARRIERS['an access log']?.('x') ?? '') });
  });
  afterAll(() => {
    over.db.close();
  });

  test.each(['<b>bold</b>', '<img src=https://evil.example/x>', '[link](javascript:alert(1))', '![x](https://evil.example/x)', '# head', '| a | b |'])(
    'row 77: the note %s comes back as it is, and the report has it as text',
    async (text) => {
      await over.engine['review.change']({ change: { kind: 'note-add', ref: 'access.log#1', text } }, idleContext);
      expect(JSON.stringify(await over.engine['review.notes']({ ref: 'access.log#1' }, idleContext))).toContain(JSON.stringify(text).slice(1, -1));
      await over.engine['report.write']({ format: 'html', path: 'html' }, idleContext);
      expect(over.outputs.get('html')).not.toMatch(/<b>bold|<img|href="javascript/);
    },
  ); // prettier-ignore
});

test('row 81: a file that was encrypted, and one whose key is wrong, are no case: refused, unchanged', () => {
  const path = join(folder, 'encrypted.spoor');
  const bytes = Buffer.from(Array.from({ length: 16_384 }, (_, index) => (index * 197 + (index >> 4) * 31 + 7) & 0xff));
  writeFileSync(path, bytes);
  let code = 'opened';
  try {
    const db = openForReading(path);
    try {
      checkCase(db, path);
    } finally {
      db.close();
    }
  } catch (thrown) {
    code = thrown instanceof AppError ? thrown.code : String(thrown);
  }
  expect(code).toBe('damaged-case');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('row 84: a clock that is set back a year, or goes to another zone, changes the order of no entry', () => {
  const db = memoryCase();
  const ports = nodePorts('test');
  const clocks = ['2026-05-01T00:00:00.000Z', '2025-05-01T00:00:00.000Z', '2026-05-01T02:00:00.000+02:00', '1970-01-01T00:00:00.000Z'];
  for (const now of clocks) appendAudit(db, { ...ports, now: () => now }, { action: 'case.rename', about: {}, outcome: 'done' });
  expect(verifyChain(db, fixedCrypto, undefined).problems).toEqual([]);
  expect(db.prepare('SELECT at FROM audit ORDER BY seq').all()).toEqual(clocks.map((at) => ({ at })));
  db.close();
});

describe('exports on disk', () => {
  test.each(['100%.json', '#1.json', '👩‍💻.json', 'a b.json', "it's.json", 'ü.json', '-rf.json', `${'n'.repeat(240)}.json`])('row 86: %s is a name like any other', async (name) => {
    const path = join(folder, name);
    const output = openOutput(path);
    output.write('whole');
    await output.commit();
    expect(readFileSync(path, 'utf8')).toBe('whole');
  }); // prettier-ignore

  test.each([
    ['a name of 300 bytes', () => join(folder, 'n'.repeat(300))],
    ['a folder that is not there', () => join(folder, 'missing', 'x.json')],
    ['a place that is a folder', () => {
      mkdirSync(join(folder, 'taken'), { recursive: true });
      return join(folder, 'taken');
    }],
  ])('row 86: %s is said, and nothing half is left', async (_what, pathOf) => {
    const path = pathOf();
    const write = async (): Promise<unknown> => {
      const output = openOutput(path);
      try {
        output.write('x');
        return await output.commit();
      } catch (thrown) {
        output.abandon();
        throw thrown;
      }
    };
    await expect(write()).rejects.toMatchObject({ code: 'unreadable' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  }); // prettier-ignore
});

describe('row 87: a report', () => {
  const FORMATS = exportFormats.map(({ id }) => id);

  test.each(FORMATS)('as %s of a case without a call, without a finding is whole or says what is missing', async (format) => {
    const over = await engineOver({ 'empty.log': new Uint8Array(0) });
    const written = await Promise.resolve(over.engine['report.write']({ format, path: format }, idleContext)).catch((thrown: unknown) => thrown);
    over.db.close();
    if (written instanceof Error) expect(written).toMatchObject({ code: 'not-found' });
    else expect([...over.outputs.keys()].some((path) => path.startsWith(format)) || format === 'policy').toBe(true); // a folder of policies may be empty

  }); // prettier-ignore

  test('of 10,000 findings and a note as long as notes may be is whole, and says where it stops', { timeout: 60_000 }, async () => {
    const over = await engineOver({ 'access.log': toBytes(CARRIERS['an access log']?.('x') ?? '') });
    await over.engine['review.change']({ change: { kind: 'note-add', ref: 'access.log#1', text: 'n'.repeat(20_000) } }, idleContext);
    const [made] = over.db.prepare('SELECT detector, family, severity, data FROM finding LIMIT 1').all<{ detector: string; family: string; severity: string; data: string }>();
    const finding = made ?? { detector: 'rate-burst', family: 'incident', severity: 'low', data: undefined };
    if (finding.data !== undefined)
      over.db.prepare("INSERT INTO finding (key, detector, family, rank, severity, data) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT 'made-' || i, ?, ?, 1000 + i, ?, ? FROM n").run(finding.detector, finding.family, finding.severity, finding.data);
    await over.engine['report.write']({ format: 'html', path: 'html' }, idleContext);
    await over.engine['report.write']({ format: 'json', path: 'json' }, idleContext);
    const html = over.outputs.get('html') ?? '';
    over.db.close();
    expect(html.trimEnd().endsWith('</html>')).toBe(true);
    expect(html.length).toBeLessThan(50_000_000);
    expect(() => void JSON.parse(over.outputs.get('json') ?? '')).not.toThrow();
  }); // prettier-ignore
});

test.each([
  ['runAsNode', false],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['enableCookieEncryption', true],
  ['grantFileProtocolExtraPrivileges', false],
])('row 89: a release is packed with the fuse %s set to %s', (fuse, state) => {
  expect(readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8')).toMatch(
    new RegExp(`^  ${fuse}: ${String(state)}$`, 'm'),
  );
});

describe.each(Object.entries(CARRIERS))('row 90: in %s', (_where, carry) => {
  test.each(ORDERS)('%j is evidence: no fewer findings, and the text stands in the case', async (order) => {
    const findings = async (text: string): Promise<number> => {
      const over = await engineOver({ evidence: toBytes(carry(text)) });
      const count = over.db.prepare('SELECT count(*) AS n FROM finding').get<{ n: number }>()?.n ?? 0;
      over.db.close();
      return count;
    };
    expect(await findings(order)).toBeGreaterThanOrEqual(await findings('curl/8'));
  });
});
