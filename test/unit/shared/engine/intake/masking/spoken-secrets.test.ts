import { expect, test } from 'vitest';
import { isPlainWord, opaqueSecret } from '#shared/engine/intake/masking/opaque.ts';
import { priorOf } from '#shared/engine/intake/personal/data-names.ts';
import { findSpokenSecrets } from '#shared/engine/intake/masking/spoken-secrets.ts';

test.each([
  ['The password is Pancake42!x7Gh2 by the way.', 'Pancake42!x7Gh2'],
  ['the client secret for the shop is 9f8e7d6c5b4a39281706f5e4d3c2b1a0.', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
  [
    'We use AKIAQ7ZNEXAMPLE3XYT5 with secret wJ4rXmp8/K7MDENGbPxRfiCYexample9sEcRtK for the bucket.',
    'wJ4rXmp8/K7MDENGbPxRfiCYexample9sEcRtK',
  ],
  ['Das Passwort lautet: Geheim99x', 'Geheim99x'],
])('%s', (text, value) => {
  expect(findSpokenSecrets(text).map((each) => each.value)).toEqual([value]);
});

test.each([
  'The password is optional.',
  'The token is valid until 2026-01-01 only',
  'the secret is out',
  'the api key is v1.2.3-beta',
  'a token is required',
  'the token 6f1c2a4e-0b7d-4c55-9d0e-1a2b3c4d5e6f of the run',
  'the secret /srv/Shop1/App2/Key3/Dir4 was moved',
  'a passphrase correctHorseBatteryStaple',
])('no secret: %s', (text) => {
  expect(findSpokenSecrets(text)).toEqual([]);
});

test('a value that may be a secret is one by its own form, in fields that say nothing', () => {
  expect(opaqueSecret(priorOf(['value']), 'Winter24!abcde')).toBe('password');
  expect(opaqueSecret(priorOf(['value']), 'q7Zr1Kx9Lm3Pv5Tn8Wc2Yb6Hd4Jf0Gs1Aa2Qe3Ru')).toBe('secret');
  expect(opaqueSecret(priorOf(['id']), 'q7Zr1Kx9Lm3Pv5Tn8Wc2Yb6Hd4Jf0Gs1Aa2Qe3Ru')).toBeUndefined();
  expect(opaqueSecret(priorOf(['value']), '9f8e7d6c5b4a39281706f5e4d3c2b1a0')).toBeUndefined();
  expect(opaqueSecret(priorOf(['title']), 'Hello World!')).toBeUndefined();
});

test('plain words', () => {
  expect(['optional', 'db-credentials', 'rudder'].every(isPlainWord)).toBe(true);
  expect(['hunter2', 'correctHorse', 'tulip-Ferry-29'].some(isPlainWord)).toBe(false);
});
