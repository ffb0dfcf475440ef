import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha1, uuidV5 } from '#shared/lib/uuid-v5.ts';

test('SHA-1 is that of the platform, at every length around a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
    expect(Buffer.from(sha1(bytes)).toString('hex'), String(length)).toBe(createHash('sha1').update(bytes).digest('hex'));
  }
});

test('the example of the standard gives the UUID that others give', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});
