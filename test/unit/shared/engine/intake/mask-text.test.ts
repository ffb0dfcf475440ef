import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { maskText } from '#shared/engine/intake/mask-text.ts';
import { withoutFingerprints } from '#shared/engine/intake/mask-token.ts';
import { createVault } from '#shared/engine/intake/vault.ts';

const masked = (text: string): string => withoutFingerprints(maskText(text, createVault(nodeCrypto, new Uint8Array(32).fill(1))));

test.each([
  ['user=anna password=hunter22x ok', 'user=anna password=‹password› ok'],
  ['{"password": "hunter22x", "n": 1}', '{"password": "‹password›", "n": 1}'],
  ['"{\\"api_key\\":\\"Kd03LmQz71TyPwRb\\"}"', '"{\\"api_key\\":\\"‹api-key›\\"}"'],
  ['GET /cb?a=1&access_token%3DKd03LmQz71TyPwRb', 'GET /cb?a=1&access_token%3D‹session-token›'],
  ['Authorization: Bearer Kd03LmQz71TyPwRb5Nv2', 'Authorization: Bearer ‹session-token›'],
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
  'cache-key-0123456789abcdef0123456789abcdef of risk-assessment-2024 in my-sk-learn-job-17',
])('%s stays as it is', (text) => {
  expect(masked(text)).toBe(text);
});
