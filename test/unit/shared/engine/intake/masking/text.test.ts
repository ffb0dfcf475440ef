import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { maskText } from '#shared/engine/intake/masking/text.ts';
import { withoutFingerprints } from '#shared/engine/intake/masking/token.ts';
import { createVault } from '#shared/engine/intake/vault.ts';

const masked = (text: string): string => withoutFingerprints(maskText(text, createVault(nodeCrypto, new Uint8Array(32).fill(1))));

test.each([
  ['user=anna password=hunter22x ok', 'user=anna password=‹password› ok'],
  ['{"password": "hunter22x", "n": 1}', '{"password": "‹password›", "n": 1}'],
  ['"{\\"api_key\\":\\"Kd03LmQz71TyPwRb\\"}"', '"{\\"api_key\\":\\"‹api-key›\\"}"'],
  ['GET /cb?a=1&access_token%3DKd03LmQz71TyPwRb', 'GET /cb?a=1&access_token%3D‹session-token›'],
  ['Authorization: Bearer Kd03LmQz71TyPwRb5Nv2', 'Authorization: Bearer ‹session-token›'],
  ['{"key":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYzT81mQ"}', '{"key":"‹api-key›"}'],
  ['paid with 4539 5787 6362 1486 today', 'paid with ‹payment-card› today'],
  ['paid with 4539-5787-6362-1486', 'paid with ‹payment-card›'],
  ['postgres://app:hunter22x@db:5432/x', 'postgres://app:‹password›@db:5432/x'],
  ['<password>hunter22x</password>', '<password>‹password›</password>'],
  ['password: |\n  hunter22x\n  two words\nuser: anna', 'password: |\n  ‹password›\nuser: anna'],
  ['{"m":"password: >-\\n  hunter22x\\nuser: anna"}', '{"m":"password: >-\\n  ‹password›\\nuser: anna"}'],
  [
    '- name: DB_PASSWORD\n  value: hunter22x\n- name: PORT\n  value: 5432',
    '- name: DB_PASSWORD\n  value: ‹password›\n- name: PORT\n  value: 5432',
  ],
  ['rejected {"name":"password","value":"two words 9"} here', 'rejected {"name":"password","value":"‹password›"} here'],
  ['backup-ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8 ran', 'backup-‹api-key› ran'],
  ['sess_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.s5mJ8p2kq9vX1c3B5n7M', 'sess_‹jwt›'],
  [
    'env:\n- name: DB_PASSWORD\n  value: |\n    hunter22x\n- name: PORT\n',
    'env:\n- name: DB_PASSWORD\n  value: |\n    ‹password›\n- name: PORT\n',
  ],
  ['- value: >-\n    hunter22x\n  name: DB_PASSWORD', '- value: >-\n    ‹password›\n  name: DB_PASSWORD'],
  ['password: &shop hunter22x', 'password: &shop ‹password›'],
  ['password: !!str "hunter22x"\nb: 1', 'password: !!str "‹password›"\nb: 1'],
  ['password: &a !!binary |\n  aHVudGVy\nb: 1', 'password: &a !!binary |\n  ‹password›\nb: 1'],
  ['password: &a\n  hunter22x\nb: 1', 'password: &a\n  ‹password›\nb: 1'],
  ['password: # of the shop\n  hunter22x # old\nb: 1', 'password: # of the shop\n  ‹password› # old\nb: 1'],
  ['password:\n  # of the shop\n  hunter22x\nb: 1', 'password:\n  # of the shop\n  ‹password›\nb: 1'],
  ['password: "correct horse battery"\nb: "x y"', 'password: "‹password›"\nb: "x y"'],
  ['the password for "Ann S." is hunter22x', 'the password for "Ann S." is ‹password›'],
  ['passwords: [hunter22x, "two words", \'c3\'] # all', 'passwords: [‹password›, "‹password›", \'‹password›\'] # all'],
  [
    'passwords:\n- hunter22x\n- "two words" # old\n- user: ann\nport: 80',
    'passwords:\n- ‹password›\n- "‹password›" # old\n- user: ann\nport: 80',
  ],
  [
    'a:\n  tokens: # of the shop\n    - Kd03LmQz71TyPwRb\n    - &x Kd03LmQz71TyPwRc\n  n: 1',
    'a:\n  tokens: # of the shop\n    - ‹session-token›\n    - &x ‹session-token›\n  n: 1',
  ],
  ['{"m":"{\\"passwords\\":[\\"hunter22x\\",\\"b7\\"]}"}', '{"m":"{\\"passwords\\":[\\"‹password›\\",\\"‹password›\\"]}"}'],
])('%s becomes %s', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  'Basic authentication is off, bearer token missing',
  'token_type=bearer expires_in=3600 next_token=abc',
  '{"tokens":512,"secret_type":"x","key":"price","code":"US"}',
  '{"password":"REDACTED","token":"***","api_key":"{{key}}"}',
  'order 4539578763621487 at 1433209822425123 trace 0123456789abcdef0123456789abcdef',
  'see https://acme.test/docs?page=2&sort=asc',
  'policy: |\n  Nobody may read this without a reason\ncode: |\n  return value + 1',
  'password:\n  type: string\ntoken:\n  optional\n',
  '- name: region\n  value: eu-central-1-Frankfurt',
  '{"bucketName":"docs","key":"2026/09/19/C88-626134.pdf"}',
  '{"key":"exports/2026-09/orders/part-00017"}',
  '{"key":"uploads/6f1c2b9e-4b1d-4c7e-9d55-0a1b2c3d4e5f/aB3dE5fG7.jpeg"}',
  'cache-key-0123456789abcdef0123456789abcdef of risk-assessment-2024 in my-sk-learn-job-17',
])('%s stays as it is', (text) => {
  expect(masked(text)).toBe(text);
});

test.each([
  'tokens: [Hello, world, "!"]',
  'max_tokens: 4096, total_tokens=120',
  'secrets:\n  - db-credentials\n  - shop-tls',
  'password: # of the shop\nuser: ann',
  'tickets: [TCK-2024-000123-ABCDEF9, x]',
  'tokens[i] = [a, b]',
])('%s is kept', (text) => {
  expect(masked(text)).toBe(text);
});

test.each([
  ['passwords: [', 20_000],
  ['passwords:\n- ', 20_000],
  ['passwords:\n- a\n', 10_000],
  ['password: &a !b ', 20_000],
  ['password:\n# x\n', 20_000],
  ['password: "a b c d ', 20_000],
  ['name: password\nvalue: |\n', 20_000],
  ['value: |\n a\n', 20_000],
])('%j over and over is read in bounded time', (part, times) => {
  const started = performance.now();
  masked(part.repeat(times));
  expect(performance.now() - started).toBeLessThan(2500);
});
