import { expect, test } from 'vitest';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const claim = (text: string, name = 'x', format?: string): string => {
  const choice = recognize(toBytes(text), name, format);
  return `${choice.importer?.id ?? 'nobody'} by ${choice.recognizedBy}`;
};

test('content beats the name', () => {
  expect(claim('{"openapi":"3.0.0","paths":{}}', 'capture.har')).toBe('openapi by content');
});

test('a name decides only where the content says nothing against it', () => {
  expect(claim('{"lag":{}}', 'a.har')).toBe('har by name');
  expect(claim('hello', 'a.har')).toBe('nobody by none');
  expect(claim('', 'a.har')).toBe('har by name');
});

test('what the user names is taken, and an unknown name is said', () => {
  expect(claim('hello', 'a.txt', 'kong-json')).toBe('kong-json by override');
  expect(claim('hello', 'a.txt', 'nonsense')).toBe('nobody by none');
});

test.each([
  ['prose', 'The server said "GET / HTTP/1.1" 200 and then nothing.'],
  ['JSON of something else', '{"request":"please","response":"no"}'],
  ['an application log', '{"level":"info","msg":"request done","status":200}\n'],
  ['a list of numbers', '[1,2,3]'],
  ['YAML of something else', 'name: openapi\nversion: 3\n'],
  ['binary', '\0\u0001\u0002'],
  ['nothing', ''],
])('%s is claimed by nobody', (_what, text) => {
  expect(claim(text)).toBe('nobody by none');
});

test('a HAR whose entries begin after the head is found by what stands before them', () => {
  expect(claim(`{"log":{"version":"1.2","creator":{"name":"x"},"pages":["${'p'.repeat(70_000)}"],"entries":[]}}`.slice(0, 65_536))).toBe(
    'har by content',
  );
});

test('a Kong record longer than the head is found by its first keys', () => {
  expect(claim(`{"started_at":1,"client_ip":"1.2.3.4","response":{},"request":{"body":"${'x'.repeat(70_000)}`.slice(0, 65_536))).toBe(
    'kong-json by content',
  );
});
