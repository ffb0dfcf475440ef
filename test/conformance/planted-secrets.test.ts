/** Secrets planted in every place that a call has: none stands in the case, in an export, or in what a failure says. */
import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineOver, idleContext, type EngineOver } from '#test/support/fuzz/engine-over.ts';
import { seededRandom } from '#test/support/large/random.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const random = seededRandom('planted');
/** Kinds of secrets that issuers give a form of their own; fresh values, so that none is known from elsewhere. */
const KINDS: readonly (readonly [kind: string, make: () => string])[] = [
  ['bearer', () => random.base32(40)],
  ['jwt signature', () => random.hex(64)],
  ['aws key', () => `AKIA${random.base32(16).toUpperCase()}`],
  ['github token', () => `ghp_${random.hex(36)}`],
  ['stripe key', () => `sk_live_${random.hex(24)}`],
  ['slack token', () => `xoxb-${String(random.int(1e10, 9e10))}-${random.hex(24)}`],
  ['uuid session', () => random.uuid()],
  // With a digit and long: a name such as `key` makes no word secret, and nothing that its letters say could be guessed.
  ['password', () => `Pw-${random.base32(18)}7`],
];

const header = (name: string, value: string): object => ({ name, value });
const jsonBody = (body: object): string => JSON.stringify(body);

interface Call {
  readonly url?: string;
  readonly request?: readonly object[];
  readonly response?: readonly object[];
  readonly body?: string;
  readonly bodyType?: string;
  readonly answer?: string;
  readonly answerType?: string;
}

/** Where a secret may stand, and what it is called there. */
const PLACES: Readonly<Record<string, (secret: string) => Call>> = {
  'Authorization: Bearer': (s) => ({ request: [header('Authorization', `Bearer ${s}`)] }),
  'Authorization: Token': (s) => ({ request: [header('Authorization', `Token ${s}`)] }),
  'Authorization: ApiKey': (s) => ({ request: [header('authorization', `ApiKey ${s}`)] }),
  'Proxy-Authorization': (s) => ({ request: [header('Proxy-Authorization', `Bearer ${s}`)] }),
  'X-Api-Key': (s) => ({ request: [header('X-Api-Key', s)] }),
  'X-Auth-Token': (s) => ({ request: [header('x-auth-token', s)] }),
  'X-Access-Token': (s) => ({ request: [header('X-Access-Token', s)] }),
  'X-CSRF-Token': (s) => ({ request: [header('X-CSRF-Token', s)] }),
  Cookie: (s) => ({ request: [header('Cookie', `theme=dark; sessionid=${s}; lang=en`)] }),
  'Cookie, the first': (s) => ({ request: [header('Cookie', `sid=${s}`)] }),
  'Set-Cookie': (s) => ({ response: [header('Set-Cookie', `session=${s}; Path=/; HttpOnly`)] }),
  'query access_token': (s) => ({ url: `?access_token=${s}` }),
  'query api_key': (s) => ({ url: `?a=1&api_key=${s}&b=2` }),
  'query key': (s) => ({ url: `?key=${s}` }),
  'query sig': (s) => ({ url: `?sig=${s}` }),
  'query X-Amz-Signature': (s) => ({ url: `?X-Amz-Signature=${s}` }),
  'query code': (s) => ({ url: `?code=${s}&state=x` }),
  'query password': (s) => ({ url: `?user=a&password=${s}` }),
  'fragment of a URL': (s) => ({ url: `#access_token=${s}&token_type=bearer` }),
  'Referer with a token': (s) => ({ request: [header('Referer', `https://app.example/cb?access_token=${s}`)] }),
  'Location with a token': (s) => ({ response: [header('Location', `https://app.example/cb#access_token=${s}`)] }),
  'JSON password': (s) => ({ body: jsonBody({ user: 'a', password: s }) }),
  'JSON password, once more in a remark': (s) => ({ body: jsonBody({ password: s, remark: `mine is ${s}, do not tell` }) }),
  'JSON password, once more in the answer': (s) => ({ body: jsonBody({ password: s }), answer: `Welcome, ${s}`, answerType: 'text/plain' }),
  'X-Api-Key, once more in the query under no name': (s) => ({ request: [header('X-Api-Key', s)], url: `?q=${s}` }),
  'JSON privateKeyData, as Google makes keys': (s) => ({ answer: jsonBody({ name: 'k', privateKeyData: s }) }),
  'JSON secretText, as Graph adds passwords': (s) => ({ answer: jsonBody({ keyId: 'k', secretText: s }) }),
  'JSON SecretString, as AWS keeps secrets': (s) => ({ answer: jsonBody({ Name: 'db', SecretString: s }) }),
  'JSON primaryConnectionString, as Azure lists keys': (s) => ({
    answer: jsonBody({ keyName: 'root', primaryConnectionString: `Endpoint=sb://x/;SharedAccessKey=${s}` }),
  }),
  'JSON client_secret': (s) => ({ body: jsonBody({ client_id: 'a', client_secret: s }) }),
  'JSON refresh_token': (s) => ({ body: jsonBody({ refresh_token: s }) }),
  'JSON apiKey, nested': (s) => ({ body: jsonBody({ config: { auth: [{ apiKey: s }] } }) }),
  'JSON private_key': (s) => ({ body: jsonBody({ private_key: s }) }),
  'form password': (s) => ({ body: `user=a&password=${s}`, bodyType: 'application/x-www-form-urlencoded' }),
  'form client_secret': (s) => ({
    body: `grant_type=client_credentials&client_secret=${s}`,
    bodyType: 'application/x-www-form-urlencoded',
  }),
  'form assertion': (s) => ({ body: `client_assertion=${s}`, bodyType: 'application/x-www-form-urlencoded' }),
  'answer access_token': (s) => ({ answer: jsonBody({ access_token: s, expires_in: 3600 }) }),
  'answer refresh_token': (s) => ({ answer: jsonBody({ refresh_token: s }) }),
  'answer id_token': (s) => ({ answer: jsonBody({ id_token: s }) }),
  'answer secret in a list': (s) => ({ answer: jsonBody({ keys: [{ name: 'a', secret: s }] }) }),
  'answer password': (s) => ({ answer: jsonBody({ user: { password: s } }) }),
  'answer session_token': (s) => ({ answer: jsonBody({ session_token: s }) }),
  'X-Amz-Security-Token': (s) => ({ request: [header('X-Amz-Security-Token', s)] }),
  'X-Vault-Token': (s) => ({ request: [header('X-Vault-Token', s)] }),
  'Private-Token': (s) => ({ request: [header('Private-Token', s)] }),
  'X-Goog-Api-Key': (s) => ({ request: [header('X-Goog-Api-Key', s)] }),
  'Ocp-Apim-Subscription-Key': (s) => ({ request: [header('Ocp-Apim-Subscription-Key', s)] }),
  'YAML that begins with three dashes': (s) => ({ answer: `---\nuser: a\npassword: ${s}\n`, answerType: 'application/yaml' }),
  'YAML that begins with data': (s) => ({ answer: `data:\n  token: ${s}\nkind: Secret\n`, answerType: 'text/plain' }),
  'comment of an event stream': (s) => ({ answer: `: access_token=${s}\ndata: 1\n\n`, answerType: 'text/event-stream' }),
  'events with CR': (s) => ({ answer: `event: x\rdata: {"token":"${s}"}\r\r`, answerType: 'text/event-stream' }),
  'head of a part': (s) => ({ body: `--x\r\nX-Api-Key: ${s}\r\n\r\nv\r\n--x--`, bodyType: 'multipart/mixed; boundary=x' }),
  'part without a head': (s) => ({ body: `--x\r\npassword=${s}\r\n--x--`, bodyType: 'multipart/mixed; boundary=x' }),
  'block of YAML': (s) => ({ answer: `kind: Secret\nstringData:\n  token: |\n    ${s}\n`, answerType: 'application/yaml' }),
  'folded block of YAML in JSON': (s) => ({ body: jsonBody({ manifest: `user: a\npassword: >-\n  ${s}\nkind: x\n` }) }),
  'below its name in YAML': (s) => ({ answer: `client_secret:\n  "${s}"\nkind: x\n`, answerType: 'application/yaml' }),
  'JSON name and value': (s) => ({ body: jsonBody({ env: [{ name: 'DB_PASSWORD', value: s }] }) }),
  'JSON value and type': (s) => ({ body: jsonBody({ credentials: [{ value: s, type: 'password', temporary: false }] }) }),
  'JSON name and values': (s) => ({ answer: jsonBody({ headers: [{ name: 'X-Api-Key', values: [s] }] }) }),
  'JSON list of raw headers': (s) => ({ answer: jsonBody([['X-Api-Key', s], ['Accept', '*/*']]) }), // prettier-ignore
  'YAML name and value': (s) => ({ answer: `env:\n  - name: DB_PASSWORD\n    value: ${s}\n`, answerType: 'application/yaml' }),
  'XML name and value': (s) => ({ body: `<setting name="password" value="${s}"/>`, bodyType: 'application/xml' }),
  'form name and value': (s) => ({ body: `name=password&value=${s}`, bodyType: 'application/x-www-form-urlencoded' }),
  'query name and value': (s) => ({ url: `?set=${encodeURIComponent(jsonBody({ name: 'password', value: s }))}` }),
  'YAML name and block of a value': (s) => ({
    answer: `env:\n- name: DB_PASSWORD\n  value: |\n    ${s}\n- name: x\n`,
    answerType: 'application/yaml',
  }),
  'YAML block of a value and name': (s) => ({
    answer: `env:\n- value: >-\n    ${s}\n  name: DB_PASSWORD\n`,
    answerType: 'application/yaml',
  }),
  'YAML anchor and tag': (s) => ({ answer: `user: a\npassword: &shop !!str ${s}\nkind: x\n`, answerType: 'application/yaml' }),
  'YAML comment': (s) => ({ answer: `password: # of the shop\n  # since May\n  ${s} # old\nkind: x\n`, answerType: 'application/yaml' }),
  'YAML list': (s) => ({ answer: `auth:\n  tokens:\n  - "${s}" # first\n  - user: a\n`, answerType: 'application/yaml' }),
  'YAML list in a line': (s) => ({ answer: `user: a\npasswords: [x1, '${s}']\n`, answerType: 'application/yaml' }),
  'JSON list': (s) => ({ answer: jsonBody({ user: 'a', passwords: ['x1', s], tokens: [s] }) }),
  'JSON list in a text': (s) => ({ body: jsonBody({ log: `rejected {"secrets":["a","${s}"]} at once` }) }),
  'quoted words before it': (s) => ({ body: jsonBody({ text: `Hi, the password for "the shop" is ${s} now.` }) }),
  'quoted words around it': (s) => ({ answer: `user: "a"\npassphrase: "correct ${s} horse"\n`, answerType: 'text/plain' }),
  'column of a table': (s) => ({ answer: `user,password\r\na,${s}\r\n`, answerType: 'text/csv' }),
};

/** Places whose names promise nothing: only secrets that their own form gives away can be known there. */
const NAMELESS: Readonly<Record<string, (secret: string) => Call>> = {
  'user agent': (s) => ({ request: [header('User-Agent', `cli ${s}`)] }),
  'id of a request': (s) => ({ request: [header('X-Request-Id', s)] }),
  'idempotency key': (s) => ({ request: [header('Idempotency-Key', s)] }),
  tracestate: (s) => ({ request: [header('traceparent', 'x'), header('tracestate', `v=${s}`)] }),
  'name of a header': (s) => ({ request: [header(s, 'x')] }),
  'query without a name': (s) => ({ url: `?${s}` }),
  'name of a parameter': (s) => ({ url: `?${s}=1` }),
  'cookie without a name': (s) => ({ request: [header('Cookie', `a=b; ${s}`)] }),
  'signature that is none': (s) => ({ request: [header('Signature-Input', 'x'), header('Signature', s)] }),
  'client certificate': (s) => ({ request: [header('X-Forwarded-Client-Cert', `Hash=1;URI=spiffe://a;By=${s}`)] }),
  'form that is a token': (s) => ({ body: s, bodyType: 'application/x-www-form-urlencoded' }),
  'name of a field of a form': (s) => ({ body: `${s}=1`, bodyType: 'application/x-www-form-urlencoded' }),
  'behind a dash': (s) => ({ url: `/job-${s}`, request: [header('X-Note', `run-${s}`)], body: jsonBody({ note: `backup-${s}` }) }),
  'behind an underscore': (s) => ({ url: `?a=x_${s}`, answer: jsonBody({ id: `ci_${s}`, text: `see ci_${s} now` }) }),
  'key of JSON': (s) => ({ body: jsonBody({ [s]: 1 }) }),
  'id of an event': (s) => ({ answer: `id: ${s}\ndata: 1\n\n`, answerType: 'text/event-stream' }),
};
/** Addresses that are secrets themselves: their host or a word in their path says so, of whatever service. */
const HOOKS: Readonly<Record<string, (secret: string) => Call>> = {
  'path of a hook': (s) => ({ url: `/webhooks/7/${s}` }),
  'hook in a body': (s) => ({ body: jsonBody({ notify: { url: `https://hooks.x.example/T0/B1/${s}` } }) }),
  'hook in a sentence': (s) => ({ answer: jsonBody({ text: `posted to https://chat.example/hooks/${s}, ok` }) }),
  'hook in a parameter': (s) => ({ url: `?to=${encodeURIComponent(`https://x.example/callback/${s}`)}` }),
  'hook in a header': (s) => ({ response: [header('Location', `https://webhook.x.example/in/${s}`)] }),
};
const HOOK_KINDS: typeof KINDS = [
  ['letters and digits', () => `q7Z${random.base32(20)}x4R`],
  ['hexadecimal digits', () => `a1b2${random.hex(28)}`],
  ['a long one', () => `${random.base32(20)}-A7_${random.base32(40)}`],
];
const OF_FORM = KINDS.filter(([kind]) => ['aws key', 'github token', 'stripe key', 'slack token'].includes(kind));

const planted: { readonly place: string; readonly kind: string; readonly secret: string }[] = [];

function toEntry(index: number, { url = '', request = [], response = [], body, bodyType = 'application/json', answer, answerType = 'application/json' }: Call): object {
  return {
    startedDateTime: new Date(Date.UTC(2026, 9, 10, 13) + index * 1000).toISOString(),
    time: 5,
    request: {
      method: body === undefined ? 'GET' : 'POST', url: `https://api.example/v1/items/${String(index)}${url}`, httpVersion: 'HTTP/1.1',
      headers: request, queryString: [], cookies: [], headersSize: -1, bodySize: -1,
      ...(body === undefined ? {} : { postData: { mimeType: bodyType, text: body } }),
    },
    response: {
      status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: response, cookies: [], redirectURL: '', headersSize: -1, bodySize: -1,
      content: { size: 0, mimeType: answerType, ...(answer === undefined ? {} : { text: answer }) },
    },
    cache: {}, timings: { send: 1, wait: 3, receive: 1 },
  };
} // prettier-ignore

/** A table with a column of passwords: its rows have no name beside a value, and some of them are not read. */
function tableWith(into: typeof planted): string {
  const secret = (place: string): string => {
    const text = `Pw-${random.base32(14)}`;
    into.push({ place: `table, ${place}`, kind: 'password', secret: text });
    return text;
  };
  const row = (second: number, rest: string): string =>
    `2026-10-10T14:00:${String(second).padStart(2, '0')}Z,GET,https://api.example/v1/rows,${rest}`;
  return [
    'time,method,url,status,user,password,pin',
    ...Array.from({ length: 12 }, (_, second) => row(second, '200,ann,,')),
    row(20, `200,ann,${secret('row that is used')},`),
    row(21, `200,Smith, Ann,${secret('row with a cell too many')},`),
    row(22, `200,${secret('row with a cell too few')},`),
    row(23, `200,"ann,${secret('row with an open quote')},`),
    `2026-10-10T14:00:24Z,,,,ann,${secret('row that is no call')},`,
    `at noon password=${secret('name in a time that is none')},GET,https://api.example/v1/rows,200,ann,,`,
    row(25, '200,ann,,'),
    '',
  ].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'spoor-planted-'));
let over: EngineOver;
let caseText: string;

beforeAll(async () => {
  const entries: object[] = [];
  const plant = (count: number, places: typeof PLACES, kinds: typeof KINDS): void => {
    for (let index = 0; index < count; index += 1) {
      const [place, make] = Object.entries(places)[index % Object.keys(places).length] ?? ['', () => ({})];
      const [kind, secretOf] = kinds[Math.floor(index / Object.keys(places).length) % kinds.length] ?? ['', () => ''];
      const secret = secretOf();
      planted.push({ place, kind, secret });
      entries.push(toEntry(entries.length, make(secret)));
    }
  };
  // Each kind in each place, then each kind once where names say nothing.
  plant(720, PLACES, KINDS);
  plant(64, NAMELESS, OF_FORM);
  plant(15, HOOKS, HOOK_KINDS);
  const har = JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } });
  over = await engineOver({ 'planted.har': toBytes(har), 'planted.csv': toBytes(tableWith(planted)) });
  for (const format of ['html', 'json', 'csv', 'inventory', 'openapi', 'revocation'] as const)
    await over.engine['report.write']({ format, path: format }, idleContext);
  for (const format of ['csv', 'ndjson'] as const)
    await over.engine['query.write']({ query: '*', format, path: `calls.${format}` }, idleContext);
  await over.engine['issues.write']({ path: 'issues' }, idleContext);
  over.db.prepare('VACUUM INTO ?').run(join(folder, 'planted.spoor'));
  // Details of calls are compressed in the file: they are read back through the screen's own question.
  const details: string[] = [];
  for (let index = 0; index < entries.length; index += 1)
    details.push(JSON.stringify(await over.engine['calls.get']({ ref: `planted.har#${String(index + 1)}` }, idleContext)));
  caseText = readFileSync(join(folder, 'planted.spoor'), 'latin1') + details.join('\n');
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A secret as itself and as other programs write it. */
const spellings = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
];

const leaksIn = (text: string): readonly string[] =>
  planted
    .filter(({ secret }) => spellings(secret).some((spelling) => text.includes(spelling)))
    .map(({ place, kind }) => `${kind} in ${place}`);

test('805 secrets stand in 96 places of calls and in rows of a table that are used, turned away and passed over', () => {
  expect(planted).toHaveLength(805);
  expect(Object.keys({ ...PLACES, ...NAMELESS, ...HOOKS })).toHaveLength(96);
});

test('none stands in the case file or in what the screens are told of a call', () => {
  expect(leaksIn(caseText)).toEqual([]);
});

test('none stands in an export', () => {
  expect([...over.outputs.keys()].length).toBeGreaterThan(8);
  for (const [name, text] of over.outputs) expect(leaksIn(text), name).toEqual([]);
});

test('none stands in the audit log', () => {
  expect(leaksIn(JSON.stringify(over.db.prepare('SELECT * FROM audit').all()))).toEqual([]);
});
