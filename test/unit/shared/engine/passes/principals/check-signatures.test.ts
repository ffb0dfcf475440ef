import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { parseKeySet } from '#shared/model/knowledge/key-set.ts';
import { judgeSignature, keysById, type Verdict } from '#shared/engine/passes/principals/check-signatures.ts';
import { readSignatures } from '#shared/engine/passes/principals/message-signature.ts';
import { signatureBase, type SignedRequest } from '#shared/engine/passes/principals/signature-base.ts';

// RFC 9421, appendix B.2.6 with the key of B.1.4.
const RFC_REQUEST: SignedRequest = {
  method: 'POST', scheme: 'https', host: 'example.com', port: undefined, path: '/foo', query: 'param=Value&Pet=dog',
  headers: [
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'], ['Content-Type', 'application/json'], ['Content-Length', '18'],
    ['Signature-Input', 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'],
    ['Signature', 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:'],
  ],
}; // prettier-ignore
const RFC_KEY = { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' };

test('the example of the standard gives its base and verifies', () => {
  const [signature] = readSignatures(RFC_REQUEST.headers);
  expect(signature).toBeDefined();
  const base = signature === undefined ? { missing: 'signature' } : signatureBase(RFC_REQUEST, signature);
  expect(base).toEqual({
    text: [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT', '"@method": POST', '"@path": /foo', '"@authority": example.com', '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ].join('\n'),
  }); // prettier-ignore
  const data = new TextEncoder().encode('text' in base ? base.text : '');
  expect(nodeCrypto.verify(RFC_KEY, 'ed25519', data, signature?.signature ?? new Uint8Array())).toBe(true);
  expect(nodeCrypto.verify(RFC_KEY, 'ed25519', new TextEncoder().encode('other'), signature?.signature ?? new Uint8Array())).toBe(false);
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const jwk = publicKey.export({ format: 'jwk' });
const parsed = parseKeySet(JSON.stringify({ keys: [{ kty: jwk.kty, crv: jwk.crv, x: jwk.x }] }));
const keys = keysById(nodeCrypto, typeof parsed === 'string' ? [] : parsed.map((key) => ({ ...key, file: 'directory.json' })));
const keyid = [...keys.keys()][0] ?? '';
const CREATED = 1_790_812_800;

interface Change {
  readonly tag?: string;
  readonly covered?: string;
  readonly key?: string;
  readonly path?: string;
}

/** A request that an agent signed, and what is judged of it `after` seconds; `change` spoils it after signing. */
function judge(after: number, change: Change = {}, known = keys): Verdict {
  const { tag = 'web-bot-auth', covered = '("@authority" "@path" "signature-agent")', key = keyid, path } = change;
  const params = `${covered};created=${String(CREATED)};expires=${String(CREATED + 300)};keyid="${key}";alg="ed25519";tag="${tag}"`;
  const headers: [string, string][] = [
    ['signature-agent', '"https://agent.example"'],
    ['signature-input', `sig1=${params}`],
  ];
  const request: SignedRequest = {
    method: 'GET',
    scheme: 'https',
    host: 'api.acme.test',
    port: 443,
    path: '/v1/orders',
    query: undefined,
    headers,
  };
  const [unsigned] = readSignatures([...headers, ['signature', 'sig1=:AAAA:']]);
  const base = unsigned === undefined ? undefined : signatureBase(request, unsigned);
  const text = base !== undefined && 'text' in base ? base.text : '';
  const made = sign(null, Buffer.from(text), privateKey).toString('base64');
  const sent = {
    ...request,
    ...(path === undefined ? {} : { path }),
    headers: [...headers, ['signature', `sig1=:${made}:`] as [string, string]],
  };
  const [signature] = readSignatures(sent.headers);
  if (signature === undefined) throw new Error('no signature was read');
  return judgeSignature(sent, signature, CREATED + after, known, nodeCrypto);
}

test('a signed request verifies with the key of the directory', () => {
  expect(judge(10)).toEqual({ kind: 'verified', why: 'key of directory.json' });
});

test.each<[string, Verdict]>([
  ['expired before the call', judge(1000)],
  ['made after the call', judge(-1000)],
  ['the host is not covered', judge(10, { covered: '("@path")' })],
  ['the signature does not fit the request', judge(10, { path: '/v1/admin' })],
])('what is wrong is said: %s', (why, verdict) => {
  expect(verdict).toEqual({ kind: 'failed', why });
});

test('without a directory nothing is said to be verified or wrong', () => {
  expect(judge(10, {}, new Map())).toEqual({ kind: 'unchecked', why: 'no key directory in the case' });
  // A directory holds the keys of one vendor.
  expect(judge(10, { key: 'someone-else' })).toEqual({ kind: 'unchecked', why: 'the key is in no directory of the case' });
  expect(judge(10, { tag: 'payments' })).toEqual({ kind: 'unchecked', why: 'a tag of another use' });
  expect(judge(10, { covered: '("@authority" "x-not-kept")' })).toEqual({ kind: 'unchecked', why: 'the evidence lacks x-not-kept' });
});

/** The signed lines of a request that covers these components, without the last; or why there are none. */
function baseOf(covered: string, headers: readonly (readonly [string, string])[], query?: string): unknown {
  const all = [...headers, ['signature-input', `s=(${covered});created=1`] as const, ['signature', 's=:AAAA:'] as const];
  const [signature] = readSignatures(all);
  if (signature === undefined) throw new Error('no signature was read');
  const base = signatureBase({ method: 'GET', scheme: 'https', host: 'a.test', port: 443, path: '/', query, headers: all }, signature);
  return 'text' in base ? base.text.split('\n').slice(0, -1) : base;
}

test('a structured header is written strictly where its signature covers it so', () => {
  // RFC 9421, section 2.1.1: the example of that section.
  const headers = [['Example-Dict', 'a=1,    b=2;x=1;y=2,   c=(a   b   c)'.replaceAll('   b   ', ' b ')]] as const;
  expect(baseOf('"example-dict";sf', headers)).toEqual(['"example-dict";sf: a=1, b=2;x=1;y=2, c=(a b c)']);
  expect(baseOf('"x";sf', [['X', 'a=?1 ,b="x , y" ; q=1']])).toEqual(['"x";sf: a, b="x , y";q=1']);
});

test('lines of a header are covered byte by byte, unless a recorder may have joined them', () => {
  expect(baseOf('"x";bs', [['X', 'one'], ['X', 'two']])).toEqual(['"x";bs: :b25l:, :dHdv:']); // prettier-ignore
  expect(baseOf('"x";bs', [['X', 'one, two']])).toEqual({ notCheckable: '"x";bs' });
  expect(baseOf('"x";bs', [])).toEqual({ missing: 'x' });
});

test('one parameter of the query is covered by its value written anew', () => {
  const param = '"@query-param";name="var"';
  // RFC 9421, section 2.2.8.
  expect(baseOf(param, [], 'var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus')).toEqual([
    `${param}: this%20is%20a%20big%0Amultiline%20value`,
  ]);
  expect(baseOf(param, [], 'var=1&var=2')).toEqual({ missing: '@query-param' });
});

test('parts that no record of a request holds are named, not passed over', () => {
  for (const flag of ['tr', 'req']) expect(baseOf(`"x";${flag}`, [['X', '1']])).toEqual({ notCheckable: `"x";${flag}` });
  expect(judge(10, { covered: '("@authority" "signature-agent";tr)' })).toEqual({
    kind: 'unchecked',
    why: 'not checkable: component "signature-agent";tr',
  });
});
