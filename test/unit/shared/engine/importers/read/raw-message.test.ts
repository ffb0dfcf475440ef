import { expect, test } from 'vitest';
import { parseRawMessage } from '#shared/engine/importers/read/raw-message.ts';

const parse = (text: string): { startLine: string; headers: unknown; body: string } => {
  const message = parseRawMessage(new TextEncoder().encode(text));
  return { ...message, body: new TextDecoder().decode(message.body) };
};

test('head and body part at the empty line, whatever ends the lines', () => {
  for (const end of ['\r\n', '\n'])
    expect(parse(['POST /a HTTP/1.1', 'A: 1', 'B:2:3', '', 'x: not a header'].join(end))).toEqual({
      startLine: 'POST /a HTTP/1.1',
      headers: [
        ['A', '1'],
        ['B', '2:3'],
      ],
      body: 'x: not a header',
    });
});

test('a header that goes on in the next line is one, a line that is none is left out', () => {
  expect(parse('GET / HTTP/1.1\r\nA: 1\r\n  2\r\nnonsense\r\n\r\n').headers).toEqual([['A', '1 2']]);
  expect(parse('GET / HTTP/1.1\r\n:authority: x\r\n: y\r\n:\r\n\r\n').headers).toEqual([[':authority', 'x']]);
});

test('a message without an empty line is all head', () => {
  expect(parse('GET /')).toEqual({ startLine: 'GET /', headers: undefined, body: '' });
});

test('chunks are put together; a body that only says it is chunked stays', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n';
  expect(parse(`${head}5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n`).body).toBe('hello world');
  expect(parse(`${head}5\r\nhel`).body).toBe('hel');
  expect(parse(`${head}hello world`).body).toBe('hello world');
});
