import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { MaskedCall } from '#shared/engine/intake/masking/masked-call.ts';
import type { ImportedCall } from '#shared/model/call.ts';

const mask = (more: Partial<ImportedCall>): MaskedCall =>
  createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall({
    timeKind: 'start',
    zoneKnown: true,
    method: 'GET',
    path: '/v2/companies/c-4',
    status: 200,
    credentialId: 'ledger-app',
    ...more,
  });

test('what a gateway told its back end names the grant, its subject and its claims, whatever token of it was shown', () => {
  const told = (jti: string): ImportedCall['backendHeaders'] => [
    ['X-Auth-Client', 'ledger-app'],
    ['X-Auth-Sub', 'partner:ledger'],
    ['X-Auth-Grant', 'gr_17'],
    ['X-Auth-Company', 'c-4'],
    ['X-Auth-Jti', jti],
    ['X-Trace', 'not-a-claim'],
  ];
  const [first, later] = [mask({ backendHeaders: told('at_1') }), mask({ backendHeaders: told('at_2') })];
  expect(first.credential).toMatchObject({
    kind: 'opaque',
    masked: 'gr_17',
    jwt: { header: {}, claims: { sub: 'partner:ledger', client_id: 'ledger-app', grant: 'gr_17', company: 'c-4' } },
  });
  expect(first.credential?.jwt?.claims).not.toHaveProperty('jti');
  expect(later.credential).toEqual(first.credential);
  expect(first.detail.extras).toContainEqual(['backend X-Auth-Grant', 'gr_17']);
});

test('of Kong, oauth2-proxy and IAP', () => {
  const of = (...backendHeaders: (readonly [string, string])[]) => mask({ backendHeaders }).credential;
  expect(of(['X-Consumer-Username', 'mobile'], ['X-Credential-Identifier', 'key-9'])).toMatchObject({ masked: 'key-9', jwt: { claims: { sub: 'mobile' } } });
  expect(of(['X-Auth-Request-User', 'anna'])).toMatchObject({ masked: 'anna', jwt: { claims: { sub: 'anna' } } });
  expect(of(['X-Goog-Authenticated-User-Id', 'accounts.google.com:117'])).toMatchObject({ jwt: { claims: { sub: 'accounts.google.com:117' } } });
}); // prettier-ignore

test('headers that name nobody leave the key that the gateway logs; a token in them is neither claim nor clear', () => {
  expect(mask({ backendHeaders: [['X-Auth-Company', 'c-4']] }).credential).toMatchObject({ kind: 'api-key', label: 'ledger-app' });
  const secret = 'ghp_' + 'x8Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg2zkqM8';
  const masked = mask({ backendHeaders: [['X-Auth-Sub', 'anna'], ['X-Auth-Token', secret]] }); // prettier-ignore
  expect(masked.credential?.jwt?.claims).toEqual({ sub: 'anna' });
  expect(JSON.stringify(masked)).not.toContain(secret);
});

test('a token that the caller showed counts before what the gateway made of it, and what a client sends names nobody', () => {
  const shown = mask({ requestHeaders: [['Authorization', 'Bearer 0123456789abcdef0123456789abcdef']], backendHeaders: [['X-Auth-Sub', 'anna']] }); // prettier-ignore
  expect(shown.credential?.jwt).toBeUndefined();
  expect(mask({ requestHeaders: [['X-Auth-Sub', 'root']] }).credential).toMatchObject({ kind: 'api-key', label: 'ledger-app' });
});

test('a header that the client sent itself names nobody, in whatever case the gateway forwards it', () => {
  const call = mask({ requestHeaders: [['x-auth-sub', 'cfo@acme.test']], backendHeaders: [['X-Auth-Sub', 'cfo@acme.test']] });
  expect(call.credential).toMatchObject({ kind: 'api-key', label: 'ledger-app' });
});

test('names that every object inherits are claims like others', () => {
  const { credential } = mask({ backendHeaders: [['constructor', 'a'], ['X-Auth-Sub', 'anna'], ['X-Auth-Constructor', 'bee-4']] }); // prettier-ignore
  expect(credential?.jwt?.claims).toEqual({ sub: 'anna', constructor: 'bee-4' });
});

test('headers for the back end are masked by their own names', () => {
  const masked = mask({
    backendHeaders: [
      ['x-functions-key', 'Zk3v9QpLw8'],
      ['Cookie', 'sid=ab12cd; u=hunter2'],
    ],
    rawText: 'key Zk3v9QpLw8',
  });
  expect(masked.detail.extras?.map(([name]) => name)).toEqual(['backend x-functions-key', 'backend Cookie']);
  for (const clear of ['Zk3v9QpLw8', 'ab12cd']) expect(JSON.stringify(masked)).not.toContain(clear);
});
