import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { MaskedCall } from '#shared/engine/intake/masking/masked-call.ts';
import type { ImportedCall } from '#shared/model/call.ts';

const intake = () => createIntake(nodeCrypto, new Uint8Array(32).fill(9));
const blank: ImportedCall = { timeKind: 'start', zoneKnown: true, method: 'POST', path: '/v1/orders', status: 200 };
const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object): string => `${b64({ alg: 'RS256', typ: 'JWT' })}.${b64(claims)}.c2lnbmF0dXJlLXRoYXQtbXVzdC1nby0xMjM0NTY3ODkw`;
const json = (value: unknown): ImportedCall['requestBody'] => ({
  text: JSON.stringify(value),
  mime: 'application/json',
  encoding: 'text',
  bytes: undefined,
  note: undefined,
});

const TOKEN = jwt({ iss: 'https://idp.acme.test', sub: 'anna', scope: 'orders:read' });
// Every token here is made up: right form, no owner. Written in two halves so that no scanner takes this file for a leak.
const SECRETS: Readonly<Record<string, string>> = {
  'a JWT': TOKEN,
  'an AWS key id': 'AKIA' + 'Q7ZP2M4XK9T3WV6B',
  'a GitHub token': 'ghp_' + 'x8Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg2zkqM8',
  'a Stripe key': 'sk_live_' + '51Hx9QzKd03LmTyPwRb5Nv2H',
  'a Slack token': 'xoxb-' + '2041771893-9317720451-Kd03LmQz71TyPwRb5Nv2Hc9S',
  'an OpenAI key': 'sk-proj-' + 'Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg6AeUiOx8',
  'a Google key': 'AIza' + 'SyKd03LmQz71TyPwRb5Nv2Hc9Sf4Jg6AeUi',
  'a SendGrid key': 'SG.' + 'Kd03LmQz71TyPwRb5Nv2Hc.9Sf4Jg6AeUiOx8Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg6',
  'a card number': '4539578763621486',
};
const JWT_SIGNATURE = TOKEN.split('.')[2] ?? '';
const PLACES: Readonly<Record<string, (secret: string) => Partial<ImportedCall>>> = {
  'the Authorization header': (secret) => ({
    requestHeaders: [['Authorization', `Bearer ${secret}`]],
    rawText: `{"authorization":"Bearer ${secret}"}`,
  }),
  'an API-key header': (secret) => ({ requestHeaders: [['X-Api-Key', secret]] }),
  'a header of any name': (secret) => ({ requestHeaders: [['x-forwarded-thing', `a ${secret} b`]] }),
  'a response header': (secret) => ({ responseHeaders: [['x-debug', secret]] }),
  'a cookie': (secret) => ({
    requestHeaders: [['cookie', `lang=en; sid=${secret}; theme=dark`]],
    rawText: `GET / cookie: lang=en; sid=${secret}`,
  }),
  'a set cookie': (secret) => ({ responseHeaders: [['set-cookie', `session=${secret}; Path=/; HttpOnly`]] }),
  'the query': (secret) => ({
    query: `page=2&access_token=${encodeURIComponent(secret)}&x=1`,
    rawText: `GET /v1?page=2&access_token=${encodeURIComponent(secret)} 200`,
  }),
  'a query parameter of any name': (secret) => ({ query: `page=2&q=${secret}` }),
  'the path': (secret) => ({ path: `/v1/keys/${secret}/rotate`, rawText: `"GET /v1/keys/${secret}/rotate HTTP/1.1" 200` }),
  'the referer': (secret) => ({
    referer: `https://app.acme.test/cb?token=${secret}#x`,
    requestHeaders: [['Referer', `https://app.acme.test/cb?token=${secret}`]],
  }),
  'a redirect': (secret) => ({ responseHeaders: [['Location', `https://app.acme.test/cb#access_token=${secret}&state=1`]] }),
  'a JSON body': (secret) => ({ requestBody: json({ a: [{ token: secret }] }) }),
  'a setting with its name beside it': (secret) => ({ responseBody: json({ settings: [{ name: 'DEPLOY_TOKEN', value: secret }] }) }),
  'a JSON body under any name': (secret) => ({ responseBody: json({ message: `your key is ${secret}, keep it` }) }),
  'JSON inside JSON': (secret) => ({
    responseBody: json({ result: { content: [{ type: 'text', text: JSON.stringify({ access_token: secret, note: 'x' }) }] } }),
  }),
  'a JSON body cut short': (secret) => ({
    responseBody: {
      text: `{"a":1,"token":"${secret}","b":"unfini`,
      mime: 'application/json',
      encoding: 'text',
      bytes: undefined,
      note: undefined,
    },
  }),
  'a form': (secret) => ({
    requestBody: {
      text: `user=anna&client_secret=${encodeURIComponent(secret)}`,
      mime: 'application/x-www-form-urlencoded',
      encoding: 'text',
      bytes: undefined,
      note: undefined,
    },
  }),
  'a multipart form': (secret) => ({
    requestBody: {
      text: `--XX\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n${secret}\r\n--XX--\r\n`,
      mime: 'multipart/form-data; boundary=XX',
      encoding: 'text',
      bytes: undefined,
      note: undefined,
    },
  }),
  'an event stream': (secret) => ({
    responseBody: {
      text: `event: message\ndata: {"token":"${secret}"}\n\n`,
      mime: 'text/event-stream',
      encoding: 'text',
      bytes: undefined,
      note: undefined,
    },
  }),
  'a base64 body': (secret) => ({
    responseBody: {
      text: btoa(JSON.stringify({ token: secret })),
      mime: 'application/json',
      encoding: 'base64',
      bytes: undefined,
      note: undefined,
    },
  }),
  XML: (secret) => ({
    requestBody: { text: `<a><apiKey>${secret}</apiKey></a>`, mime: 'text/xml', encoding: 'text', bytes: undefined, note: undefined },
  }),
  'an extra field': (secret) => ({ extras: [['error', `bad token ${secret}`]] }),
  'the user agent': (secret) => ({ userAgent: `cli ${secret}`, requestHeaders: [['User-Agent', `cli ${secret}`]] }),
  'the id of a request': (secret) => ({ requestId: secret, requestHeaders: [['X-Request-Id', secret]] }),
  'the id of a trace': (secret) => ({ traceId: secret, requestHeaders: [['tracestate', `v=${secret}`]] }),
  'an idempotency key': (secret) => ({ requestHeaders: [['Idempotency-Key', secret]] }),
  'the id of a credential': (secret) => ({ credentialId: secret, rawText: `{"credential_id":"${secret}"}` }),
  'the name of a header': (secret) => ({ requestHeaders: [[secret, 'x']] }),
  'a query without a name': (secret) => ({ query: secret }),
  'the name of a parameter': (secret) => ({ query: `a=1&${secret}=1` }),
  'the name of an extra field': (secret) => ({ extras: [[secret, 'x']] }),
  'a cookie without a name': (secret) => ({ requestHeaders: [['cookie', `a=b; ${secret}`]] }),
  'the name of a cookie': (secret) => ({ requestHeaders: [['cookie', `${secret}=1`]] }),
  'a signature that is none': (secret) => ({
    requestHeaders: [
      ['signature-input', 'x'],
      ['signature', `Bearer ${secret}`],
    ],
  }),
  'the parameters of a signature': (secret) => ({ requestHeaders: [['signature-input', `sig=();keyid="${secret}"`]] }),
  'the header of a client certificate': (secret) => ({
    requestHeaders: [['x-forwarded-client-cert', `Hash=1;URI=spiffe://a;Authorization=${secret}`]],
  }),
  'the subject of a client certificate': (secret) => ({ requestHeaders: [['x-client-cert-dn', `CN=${secret}`]] }),
  'the user of Basic': (secret) => ({ requestHeaders: [['authorization', `Basic ${btoa(`${secret}:x-oauth-basic`)}`]] }),
  'a claim of a token': (secret) => ({ requestHeaders: [['authorization', `Bearer ${jwt({ sub: 'b', relayed: secret })}`]] }),
  'the type of an answer': (secret) => ({ contentType: `text/plain; a=${secret}` }),
  'the initiator': (secret) => ({ initiatorUrl: `https://app.acme.test/a.js?api_key=${secret}` }),
};

function shownIn(masked: MaskedCall, secret: string): boolean {
  const text = JSON.stringify(masked);
  return [secret, btoa(secret), encodeURIComponent(secret), secret === TOKEN ? JWT_SIGNATURE : secret].some((spelling) =>
    text.includes(spelling),
  );
}

describe.each(Object.entries(PLACES))('in %s', (_place, put) => {
  test.each(Object.entries(SECRETS))('%s is never kept in clear', (_name, secret) => {
    expect(shownIn(intake().maskCall({ ...blank, ...put(secret) }), secret)).toBe(false);
  });
});

test.each([
  ['a password', { requestBody: json({ user: 'anna', password: 'Sommer2024!' }) }, 'Sommer2024!'],
  ['a one-time code', { requestBody: json({ otp: '493817' }) }, '493817'],
  [
    'a Basic password',
    {
      requestHeaders: [['authorization', `Basic ${btoa('anna:hunter22x')}`]] as const,
      rawText: `authorization: Basic ${btoa('anna:hunter22x')}`,
    },
    'hunter22x',
  ],
  ['a password in a URL', { referer: 'https://anna:hunter22x@intra.acme.test/x' }, 'hunter22x'],
  ['a password in text', { rawText: 'login failed password=hunter22x from 10.0.0.1' }, 'hunter22x'],
  [
    'a private key',
    { responseBody: json({ pem: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh\n-----END PRIVATE KEY-----' }) },
    'MIIEvQIBADANBgkqh',
  ],
])('%s is masked', (_name, part, secret) => {
  expect(shownIn(intake().maskCall({ ...blank, ...part }), secret)).toBe(false);
});

test('an id that is masked still meets its like, and other ids stay as they are', () => {
  const key = SECRETS['a GitHub token'] ?? '';
  const idOf = (requestId: string) => intake().maskCall({ ...blank, requestId }).call.requestId;
  expect(idOf(key)).toBe(idOf(key));
  expect(idOf(key)).toMatch(/^‹api-key fp:[0-9a-f]{12}›$/);
  for (const id of [
    '4bf92f3577b34da6a3ce929d0e0e4736',
    'req_011CSHoEeqs5C35K2UUqR7Fy',
    '7f3e2a10-90b4-4c7e-8d64-6ad2b6d3f6d2',
    'Root=1-67891233-abcdef012345678912345678',
  ])
    expect(idOf(id)).toBe(id);
});

test('a signature over a request stays whole, since it could never be checked masked', () => {
  const requestHeaders: ImportedCall['requestHeaders'] = [
    ['Signature-Agent', '"https://agent.acme.test"'],
    ['Signature-Input', 'sig1=("@authority");created=1700000000;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";tag="web-bot-auth"'],
    ['Signature', 'sig1=:jdq0SqOwHdyHr9+r5jw3iYZH6aNGKijYp/EstF4RQTQdi5N5YYKrD+mCT1HA1nZDsi6nJKuHxUi/5Syp3rLWBA==:'],
  ];
  expect(intake().maskCall({ ...blank, requestHeaders }).detail.requestHeaders).toEqual(requestHeaders);
});

test('a weak secret gets a fingerprint that the key of the case does not give, and keeps it within one import', () => {
  const one = intake();
  const call = { ...blank, requestHeaders: [['x-api-key', 'token-123']] as const };
  const first = one.maskCall(call).credential?.fingerprint;
  expect(first).toBe(one.maskCall(call).credential?.fingerprint);
  expect(first).not.toBe(nodeCrypto.hmacHex(new Uint8Array(32).fill(9), 'token-123'));
});

test('a JWT keeps its claims, its ends and the fingerprint of the whole token', () => {
  const { credential } = intake().maskCall({ ...blank, requestHeaders: [['Authorization', `Bearer ${TOKEN}`]] });
  expect(credential).toMatchObject({ kind: 'jwt', jwt: { claims: { sub: 'anna' } }, label: 'Bearer' });
  expect(credential?.masked).toBe(`eyJ…${TOKEN.slice(-3)}`);
  expect(credential?.fingerprint).toBe(nodeCrypto.hmacHex(new Uint8Array(32).fill(9), TOKEN));
});

test('the strongest credential of a call is the one that counts', () => {
  const masked = intake().maskCall({
    ...blank,
    requestHeaders: [
      ['cookie', 'PHPSESSID=8f14e45fceea167a5a36dedd4bea2543'],
      ['x-api-key', 'Kd03LmQz71TyPwRb5Nv2Hc9S'],
      ['authorization', `Bearer ${TOKEN}`],
    ],
  });
  expect(masked.credential?.kind).toBe('jwt');
});

test.each([
  ['an id', 'query', 'id=ord-100234&cursor=eyAgain&page_token=abc123'],
  ['a UUID', 'query', 'id=3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11'],
  ['a word after a name', 'query', 'code=US&state=open&key=price'],
  ['a path', 'path', '/v1/users/3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11/sk-navigation-button-primary-large'],
])('%s stays readable', (_name, field, text) => {
  expect(intake().maskCall({ ...blank, [field]: text }).call[field === 'query' ? 'query' : 'path']).toBe(text);
});

test('harmless fields of a body stay letter by letter, its spacing too', () => {
  const text =
    '{ "next_page_token" : "abc",\n  "tokens": 512, "password_reset": false, "trace": "0123456789abcdef0123456789abcdef", "order": 4539578763621487 }';
  expect(
    intake().maskCall({ ...blank, responseBody: { text, mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined } })
      .detail.responseBody?.text,
  ).toBe(text);
});

test('the fields of a body are typed by name and form', () => {
  const { data } = intake().maskCall({
    ...blank,
    responseBody: json({
      customers: [
        { name: 'Anna Berg', email: 'anna@acme.test', iban: 'DE89370400440532013000' },
        { name: 'Ben Ito', email: 'ben@acme.test', card: '4539578763621486', dob: '1980-02-03' },
      ],
    }),
  });
  expect(data.map(({ pointer, type, count }) => `${pointer} ${type} ${String(count)}`).sort()).toEqual([
    '$.customers[*].card payment-card 1',
    '$.customers[*].dob date-of-birth 1',
    '$.customers[*].email email 2',
    '$.customers[*].iban iban 1',
    '$.customers[*].name person-name 2',
  ]);
});

test('a value that leaves in an answer and enters in a later request has one fingerprint, with exact pointers', () => {
  const one = intake();
  const out = one.maskCall({ ...blank, responseBody: json({ items: [{ id: 'cus_9s6XKzkN' }, { id: 'cus_7Hq2Lm01' }] }) }).values;
  const back = one.maskCall({ ...blank, requestBody: json({ customer: 'cus_7Hq2Lm01' }) }).values;
  expect(out.find((value) => value.fingerprint === back[0]?.fingerprint)).toMatchObject({ side: 'response', pointer: '$.items[1].id' });
});

test('an address that prose names is a value of its own', () => {
  const one = intake();
  const out = one.maskCall({
    ...blank,
    responseBody: json({ body: 'Please send the list to https://drop.evil.test/collect today.' }),
  }).values;
  const back = one.maskCall({ ...blank, requestBody: json({ url: 'https://drop.evil.test/collect' }) }).values;
  expect(out.map((value) => value.fingerprint)).toContain(back[0]?.fingerprint);
});

test('a token in a query is an exposure, in its own header it is none, in a login answer it is issued', () => {
  const exposures = (part: Partial<ImportedCall>): readonly string[] =>
    intake()
      .maskCall({ ...blank, ...part })
      .exposures.map((each) => `${each.side} ${each.pointer} ${each.type}`);
  expect(exposures({ query: `access_token=${TOKEN}` })).toEqual(['query access_token jwt']);
  expect(exposures({ requestHeaders: [['Authorization', `Bearer ${TOKEN}`]] })).toEqual([]);
  expect(exposures({ path: '/oauth/token', responseBody: json({ access_token: TOKEN, token_type: 'Bearer' }) })).toEqual([
    'response $.access_token issued-token',
  ]);
  expect(exposures({ path: '/login', requestBody: json({ password: 'Sommer2024!' }) })).toEqual([]);
  expect(exposures({ query: 'api_key=your_api_key_here' })).toEqual([]);
  expect(exposures({ query: 'api_key=REDACTED' })).toEqual([]);
});

test('the token in a header that says where telemetry goes is masked and no exposure', () => {
  const url = 'https://a.nel.cloudflare.com/report/v3?s=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy';
  const masked = intake().maskCall({ ...blank, responseHeaders: [['report-to', `{"endpoints":[{"url":"${url}"}]}`]] });
  expect(JSON.stringify(masked)).not.toContain('Zm9vYmFyYmF6cXV4');
  expect(masked.exposures).toEqual([]);
});

test('in a script only what proves itself by its form is an exposure; what merely looks like one is masked', () => {
  const script = (text: string): MaskedCall =>
    intake().maskCall({
      ...blank,
      responseBody: { text, mime: 'application/javascript', encoding: 'text', bytes: undefined, note: undefined },
    });
  const looks = script('if(token=a.b.c.selection,password="o==typeofnone123")return');
  expect(looks.exposures).toEqual([]);
  const proves = script(`const key="AKIAIOSFODNN7QWERTYU";fetch(u,{headers:{Authorization:"Bearer ${TOKEN}"}})`);
  expect(proves.exposures.map((each) => each.type).sort()).toEqual(['api-key', 'jwt']);
  expect(JSON.stringify(proves)).not.toContain('AKIAIOSFODNN7QWERTYU');
});

test('trace headers fill what the importer left open', () => {
  const { call } = intake().maskCall({
    ...blank,
    requestHeaders: [
      ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
      ['X-Request-Id', 'r-77'],
      ['User-Agent', 'curl/8'],
      ['Host', 'API.acme.test:443'],
      ['X-Forwarded-For', '203.0.113.9, 10.0.0.1'],
    ],
  });
  expect(call).toMatchObject({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    parentSpanId: '00f067aa0ba902b7',
    requestId: 'r-77',
    userAgent: 'curl/8',
    host: 'api.acme.test',
    clientIp: '203.0.113.9',
  });
});

test('the tool of an MCP call is read from its body', () => {
  expect(
    intake().maskCall({
      ...blank,
      requestBody: json({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_orders', arguments: {} } }),
    }).call.tool,
  ).toBe('mcp:search_orders');
});

test('a long body is left out with a note, and its values are indexed all the same', () => {
  const masked = intake().maskCall({
    ...blank,
    responseBody: json(Array.from({ length: 4000 }, (_, at) => ({ id: `ord-${String(at)}`, note: 'x'.repeat(20) }))),
  });
  expect(masked.detail.responseBody?.text).toBeUndefined();
  expect(masked.detail.responseBody?.note).toContain('longer than is kept');
  expect(masked.values.length).toBe(5000);
});

test('masking a text keeps everything but its secrets', () => {
  expect(intake().maskText(`bad line: token=${TOKEN} at 10:00`)).toMatch(/^bad line: token=‹jwt fp:[0-9a-f]{12}› at 10:00$/);
});

test('a span whose id reads as a card’s number stays itself beside a trace, and is masked without one', () => {
  const ids = { spanId: '4539578763621486', parentSpanId: '4539578763621486' };
  const { call } = intake().maskCall({ ...blank, ...ids, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  expect([call.spanId, call.parentSpanId]).toEqual([ids.spanId, ids.parentSpanId]);
  expect(intake().maskCall({ ...blank, ...ids }).call.spanId).toMatch(/^‹payment-card fp:/);
});

test('a session that a log names by its handle is a session, and the handle stands nowhere in clear', () => {
  const handle = '9f2c41d07b3e5a68c1d2';
  const rawText = `{"sid":"${handle}"}`;
  const first = intake().maskCall({ ...blank, sessionId: handle, consumer: 'ann', rawText, extras: [['login.sid', handle]] });
  expect(first.credential).toMatchObject({ kind: 'session', label: 'session id' });
  expect(JSON.stringify(first)).not.toContain(handle);
  expect(intake().maskCall({ ...blank, sessionId: handle }).credential?.fingerprint).toBe(first.credential?.fingerprint);
  expect(intake().maskCall({ ...blank, sessionId: '7' }).credential).toBeUndefined();
});
