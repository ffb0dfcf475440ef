import { expect, test } from 'vitest';
import type { LoneSecret } from '#shared/engine/intake/masking/lone-secret.ts';
import { knownSecrets, MOST_KNOWN } from '#shared/engine/reading/known-secrets.ts';

const secret = (text: string, type: LoneSecret['type'] = 'password'): LoneSecret => ({ text, type, token: `‹${type}›`, print: 1 });

test('a text is known once, whatever the order in which it was met', () => {
  const [one, other] = [knownSecrets(), knownSecrets()];
  for (const type of ['password', 'session-token', 'api-key'] as const) one.add(secret('a', type));
  for (const type of ['api-key', 'session-token', 'password'] as const) other.add(secret('a', type));
  expect(one.all()).toEqual(other.all());
  expect(one.all().secrets.map(({ type }) => type)).toEqual(['api-key']);
  expect(other.take()).toHaveLength(2);
  expect(other.take()).toEqual([]);
});

test('of a kind that there are too many of, none is looked for; the other kind is', () => {
  const known = knownSecrets();
  known.add(secret('one'));
  for (let index = 0; index <= MOST_KNOWN; index += 1) known.add(secret(`token ${String(index)}`, 'session-token'));
  expect(known.all()).toMatchObject({ secrets: [{ text: 'one' }], tooMany: true });
});
