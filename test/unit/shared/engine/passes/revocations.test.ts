import { expect, test } from 'vitest';
import { revocationsPass } from '#shared/engine/passes/revocations.ts';
import { readRevocations, type Revoked } from '#shared/engine/store/read/revocation/revoked-when.ts';
import { caseFromText, TEXT_START, type TextOptions } from '#test/support/calls-from-text.ts';

async function ends(text: string, options: TextOptions = {}, kinds?: Parameters<typeof readRevocations>[1]): Promise<readonly Revoked[]> {
  const { db, context } = caseFromText(text, options);
  await revocationsPass.run(context);
  return [...readRevocations(db, kinds).values()];
}

const TOKENS = { 'jwt-1': { claims: { jti: 'token-id-000001' } }, 'jwt-2': { claims: { jti: 'short' } } };

test('a DELETE that names a token by its id revokes it, the first of several', async () => {
  const text = `
    00:01 human:ann DELETE id.acme.test/tokens/token-id-000001 404
    00:02 human:ann DELETE id.acme.test/tokens/token-id-000001 204
    00:03 human:ann DELETE id.acme.test/tokens/token-id-000001 204
    00:04 human:ann DELETE id.acme.test/tokens/short 204
    00:05 agent:bot GET api.acme.test/orders 200 cred=jwt-1
    00:06 agent:bot GET api.acme.test/orders 200 cred=jwt-2`;
  const expected = [expect.objectContaining({ at: TEXT_START + 2e6, kind: 'revoked', knownFrom: 'evidence', why: 'kong#2 revoked it' })];
  for (const shuffle of [1, 2, 3]) expect(await ends(text, { tokens: TOKENS, shuffle })).toEqual(expected);
});

test('a logout is an end of its own kind, and is told only to those who ask for it', async () => {
  const text = `
    00:00 human:ann GET  api.acme.test/orders 200 cred=key-1
    00:01 human:ann POST api.acme.test/logout 204 cred=key-1`;
  expect(await ends(text)).toEqual([]);
  expect(await ends(text, {}, ['revoked', 'logged-out'])).toMatchObject([{ kind: 'logged-out', why: 'kong#2 ended its session' }]);
});

test('nothing that withdraws, nothing found', async () => {
  expect(await ends('00:00 human:ann GET api.acme.test/orders 200 cred=key-1', {}, ['revoked', 'logged-out'])).toEqual([]);
});
