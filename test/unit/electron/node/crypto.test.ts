import { createHmac } from 'node:crypto';
import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { nodeCodec, nodeCrypto } from '#electron/node/crypto.ts';

const plain = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('hex');

test('the quick HMAC gives the digits of createHmac for texts of any length and script', () => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  for (const letter of ['a', 'é', '日', '😀']) {
    for (let count = 0; count < 300; count++) expect(nodeCrypto.hmacHex(key, letter.repeat(count))).toBe(plain(key, letter.repeat(count)));
  }
  for (const long of [1023, 1024, 1025, 100_000]) expect(nodeCrypto.hmacHex(key, 'x'.repeat(long))).toBe(plain(key, 'x'.repeat(long)));
});

test('keys that take turns do not mix', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.string({ unit: 'binary' }),
      (one, other, text) => {
        for (const key of [one, other, one]) expect(nodeCrypto.hmacHex(key, text)).toBe(plain(key, text));
      },
    ),
    { numRuns: 300 },
  );
});

test('a compressed block opens again, and one that claims to be huge is refused', () => {
  const block = new TextEncoder().encode('log line '.repeat(1000));
  const small = nodeCodec.compress(block);
  expect(small.length).toBeLessThan(block.length / 10);
  expect(new TextDecoder().decode(nodeCodec.decompress(small))).toBe('log line '.repeat(1000));
  expect(() => nodeCodec.decompress(nodeCodec.compress(new Uint8Array(65 * 1024 * 1024)))).toThrow();
});
