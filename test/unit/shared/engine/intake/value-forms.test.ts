import { createHash, createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintNumber, valueFingerprint, valueForms } from '#shared/engine/intake/value-forms.ts';
import type { CryptoPort } from '#shared/engine/ports.ts';

const crypto: CryptoPort = {
  sha256: () => {
    throw new Error('not used here');
  },
  verify: () => false,
  verifyToken: () => false,
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  hmacHex: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
  randomBytes: (count) => randomBytes(count),
};
const key = new Uint8Array(32).fill(7);

test('a fingerprint is a safe integer of 52 bits and equals that of the full hash', () => {
  const number = valueFingerprint(crypto, key, 'ord-10023');
  expect(Number.isSafeInteger(number)).toBe(true);
  expect(number).toBeLessThan(2 ** 52);
  expect(fingerprintNumber(crypto.hmacHex(key, 'ord-10023'))).toBe(number);
});

test('another key gives another fingerprint', () => {
  expect(valueFingerprint(crypto, new Uint8Array(32).fill(8), 'ord-10023')).not.toBe(valueFingerprint(crypto, key, 'ord-10023'));
});

test('the exact text comes first and stands alone when nothing can be decoded', () => {
  expect(valueForms('order 7')).toEqual(['order 7']);
});

test('an encoded value is decoded from URL, base64 and hex spelling', () => {
  expect(valueForms('anna%40acme.test')).toContain('anna@acme.test');
  expect(valueForms(btoa('anna@acme.test'))).toContain('anna@acme.test');
  expect(valueForms('616e6e614061636d652e74657374')).toContain('anna@acme.test');
  expect(valueForms('Zm9vYmFyLTE%3D')).toContain('foobar-1');
  expect(valueForms('ORD-10023')).toContain('ord-10023');
});

test('bytes that are not text give no form of their own', () => {
  expect(valueForms('deadbeefdeadbeef')).toEqual(['deadbeefdeadbeef']);
  expect(valueForms('100%')).toEqual(['100%']);
});
