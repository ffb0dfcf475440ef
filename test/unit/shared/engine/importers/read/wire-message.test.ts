import { expect, test } from 'vitest';
import { bytesOfBase64, parseWireMessage } from '#shared/engine/importers/read/wire-message.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const bodyOf = (text: string): string => new TextDecoder().decode(parseWireMessage(toBytes(text))?.body);

test('start line, headers and body are told apart, whatever ends the lines', () => {
  for (const end of ['\r\n', '\n']) {
    const message = parseWireMessage(toBytes(['POST /a HTTP/1.1', 'Host: x', 'A: b: c', '', '{"a":1}'].join(end)));
    expect(message?.startLine).toBe('POST /a HTTP/1.1');
    expect(message?.headers).toEqual([
      ['Host', 'x'],
      ['A', 'b: c'],
    ]);
    expect(new TextDecoder().decode(message?.body)).toBe('{"a":1}');
  }
});

test('chunks are put together, and a body that only claims to have some stays', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(bodyOf(`${head}5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n`)).toBe('hello world');
  expect(bodyOf(`${head}{"plain":true}`)).toBe('{"plain":true}');
  expect(bodyOf(`${head}ffffffff\r\nshort`)).toBe('ffffffff\r\nshort');
});

test('a head without a body has none, and other bytes are no message', () => {
  expect(bodyOf('HTTP/1.1 204 No Content\r\nA: b')).toBe('');
  expect(parseWireMessage(toBytes('hello there'))).toBeUndefined();
  expect(parseWireMessage(new Uint8Array(0))).toBeUndefined();
});

test('base64 of both alphabets, and what is none', () => {
  expect(bytesOfBase64('-_8=')).toEqual(Uint8Array.from([0xfb, 0xff]));
  expect(bytesOfBase64('aGk\n=')).toEqual(toBytes('hi'));
  for (const text of ['', 'a', 'not base64!', '====']) expect(bytesOfBase64(text)).toBeUndefined();
});
