import { expect, test } from 'vitest';
import { concatBytes, startsWithBytes, takeHead } from '#shared/lib/bytes.ts';

async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Promise.resolve(new TextEncoder().encode(text));
}

test('the head is taken and the stream still begins at its first byte', async () => {
  const { head, all } = await takeHead(chunksOf('ab', 'cd', 'ef'), 3);
  expect(new TextDecoder().decode(head)).toBe('abc');
  const parts: Uint8Array[] = [];
  for await (const chunk of all) parts.push(chunk);
  expect(new TextDecoder().decode(concatBytes(parts))).toBe('abcdef');
});

test('a stream shorter than the head is all head', async () => {
  const { head } = await takeHead(chunksOf('a'), 10);
  expect(head.length).toBe(1);
});

test('a prefix longer than the bytes is no prefix', () => {
  expect(startsWithBytes(Uint8Array.from([1, 2]), [1, 2])).toBe(true);
  expect(startsWithBytes(Uint8Array.from([1]), [1, 2])).toBe(false);
});
