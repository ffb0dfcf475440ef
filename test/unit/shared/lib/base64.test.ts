import { expect, test } from 'vitest';
import { bytesOfBase64 } from '#shared/lib/base64.ts';
import { toBytes } from '#test/support/read-evidence.ts';

test('base64 of both alphabets, and what is none', () => {
  expect(bytesOfBase64('-_8=')).toEqual(Uint8Array.from([0xfb, 0xff]));
  expect(bytesOfBase64('aGk\n=')).toEqual(toBytes('hi'));
  expect(bytesOfBase64('aGk')).toEqual(toBytes('hi'));
  for (const text of ['', 'a', 'not base64!', '====']) expect(bytesOfBase64(text)).toBeUndefined();
});
