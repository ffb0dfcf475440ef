import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toRawBody } from '#shared/engine/importers/read/raw-body.ts';
import type { Header } from '#shared/model/call.ts';

const headers = (encoding: string | undefined, type = 'application/json'): Header[] => [
  ['Content-Type', type],
  ...(encoding === undefined ? [] : ([['Content-Encoding', encoding]] as Header[])),
];
const JSON_TEXT = '{"id":7,"name":"é"}';

test('text stays text, and no bytes are no body', () => {
  expect(toRawBody(Buffer.from(JSON_TEXT), headers(undefined))).toEqual({
    text: JSON_TEXT,
    mime: 'application/json',
    encoding: 'text',
    bytes: 20,
    note: undefined,
  });
  expect(toRawBody(new Uint8Array(0), headers(undefined))).toBeUndefined();
});

test('gzip is unpacked, and its size on the wire is kept', () => {
  const packed = gzipSync(JSON_TEXT);
  expect(toRawBody(packed, headers('GZIP'))).toMatchObject({ text: JSON_TEXT, encoding: 'text', bytes: packed.length, note: undefined });
});

test('gzip that ends early gives what there is, without half a letter', () => {
  const packed = gzipSync('é'.repeat(2000), { level: 0 });
  const body = toRawBody(packed.subarray(0, 1002), headers('gzip'));
  expect(body?.encoding).toBe('text');
  expect(body?.text).toMatch(/^é+$/);
  expect(body?.note).toMatch(/^cut short; unpacked to \d+ bytes$/);
});

test('Brotli stays packed and says so; text that is declared as packed is text', () => {
  const packed = brotliCompressSync(JSON_TEXT);
  expect(toRawBody(packed, headers('br'))).toMatchObject({
    encoding: 'base64',
    text: packed.toString('base64'),
    note: 'compressed body (br), not decoded',
  });
  expect(toRawBody(Buffer.from(JSON_TEXT), headers('gzip'))).toMatchObject({
    encoding: 'text',
    text: JSON_TEXT,
    note: 'declared as gzip, but is text',
  });
});

test('other charsets are read by their name, bytes that are no text are base64', () => {
  const latin = Uint8Array.from([0x63, 0x61, 0x66, 0xe9]);
  expect(toRawBody(latin, headers(undefined, 'text/plain; charset=iso-8859-1'))).toMatchObject({ encoding: 'text', text: 'café' });
  expect(toRawBody(latin, headers(undefined, 'text/plain; charset=klingon'))).toMatchObject({ encoding: 'base64', text: 'Y2Fm6Q==' });
  expect(toRawBody(latin, undefined)).toMatchObject({ encoding: 'base64', mime: undefined });
});
