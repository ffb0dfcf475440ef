import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';

const SECRET = 'Zq7sX7kP2mV9tR4wL8sB3nQ6';

const extrasOf = (extras: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] | undefined =>
  createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall({ timeKind: 'start', zoneKnown: true, extras }).detail.extras;

test.each([
  ['x_api_key', SECRET],
  ['custom_session_token', SECRET],
  ['req_headers', JSON.stringify({ 'x-api-key': SECRET, accept: '*/*' })],
  ['context', JSON.stringify({ a: [{ client_secret: SECRET }] })],
  ['note', `password=${SECRET}`],
  ['cut_short', `{"password":"${SECRET}","b`],
])('a secret in an extra field %s is masked', (name, value) => {
  const text = JSON.stringify(extrasOf([[name, value]]));
  expect(text).not.toContain(SECRET);
  expect(text).toContain('fp:');
});

test('what is no secret stays as it is written', () => {
  const extras = [
    ['protocol', 'HTTP/1.1'],
    ['route_name', 'orders'],
    ['labels', '{ "team" : "shop", "n": 1 }'],
  ] as const;
  expect(extrasOf(extras)).toEqual(extras);
});

test('a secret in an extra field is masked in the text of its record too, where no name stands beside it', () => {
  const masked = createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall({
    timeKind: 'start',
    zoneKnown: true,
    extras: [['X-Api-Key', SECRET]],
    rawText: `2024-05-02 17:42:15 GET /a 200 ${SECRET}`,
  });
  expect(JSON.stringify(masked)).not.toContain(SECRET);
  expect(masked.detail.raw).toMatch(/^2024-05-02 17:42:15 GET \/a 200 /);
});
