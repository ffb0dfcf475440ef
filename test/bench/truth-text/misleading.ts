import type { Random } from '#test/support/large/random.ts';

import { NOUNS } from '../truth-openapi/words.ts';
import type { Make } from './values.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const oneOf =
  (...values: readonly string[]): Make =>
  (random) =>
    random.pick(values);
const cursor: Make = (random) => btoa(JSON.stringify({ after: random.int(1, 99_999), by: 'id' }));
const part = (random: Random): string => String(random.int(0, 90));

/** Names that promise something, over values that are nothing of it. Seen in real APIs: display names of products, addresses of wallets. */
export const MISLEADING: readonly (readonly [key: string, what: string, make: Make])[] = [
  ['address', 'wallet', (random) => `0x${random.hex(40)}`],
  ['address', 'host and port', (random) => `db-${String(random.int(1, 9))}.internal:5432`],
  ['displayName', 'product name', (random) => `${capital(random.pick(NOUNS))} ${capital(random.pick(NOUNS))}`],
  ['display_name', 'role', oneOf('Billing Admin', 'Read Only', 'Support Agent', 'Owner')],
  ['line1', 'caption', oneOf('Introduction', 'Summary of results', 'Next steps', 'Overview')],
  ['street', 'flag', oneOf('true', 'false')],
  ['phone', 'model', (random) => `iPhone ${String(random.int(11, 17))}`],
  ['cell', 'table cell', (random) => `${random.pick(['A', 'B', 'C'])}${String(random.int(1, 99))}`],
  ['tel', 'none', oneOf('n/a', '-', 'unknown')],
  ['mobile', 'flag', oneOf('0', '1')],
  ['mobile', 'long id', (random) => String(random.int(10_000_000, 99_999_999))],
  ['pan', 'direction', oneOf('left', 'right', 'center')],
  ['card', 'brand', oneOf('visa', 'mastercard', 'amex')],
  ['dob', 'none', oneOf('unknown', 'n/a')],
  ['birth', 'future', (random) => `20${String(random.int(31, 60))}-01-01`],
  ['nextToken', 'cursor', cursor],
  ['token', 'counter', (random) => String(random.int(1, 4096))],
  ['token', 'word of a text', (random) => random.pick(NOUNS)],
  ['total_tokens', 'count', (random) => String(random.int(100, 9000))],
  ['tokenType', 'kind', oneOf('bearer', 'mac')],
  ['pageToken', 'cursor', cursor],
  ['key', 'cache key', (random) => `cart:${random.pick(NOUNS)}:${String(random.int(1, 999))}`],
  ['sort_key', 'column', oneOf('created_at', 'name', 'price')],
  ['publicKey', 'public key', (random) => `ssh-ed25519 AAAAC3Nz${random.hex(40)}`],
  ['password', 'masked', oneOf('********', '[REDACTED]', '<hidden>')],
  ['password', 'rule', oneOf('required', 'optional')],
  ['secret', 'flag', oneOf('true', 'false')],
  ['secret', 'name of a secret', oneOf('db-credentials', 'tls-cert', 'registry')],
  ['credentials', 'link mode', oneOf('include', 'same-origin', 'omit')],
  ['ssn', 'masked', (random) => `***-**-${String(random.int(1000, 9999))}`],
  ['iban', 'masked', (random) => `DE** **** **** ${String(random.int(1000, 9999))}`],
  ['version', 'four parts', (random) => `${part(random)}.${part(random)}.${part(random)}.${part(random)}`],
  ['passport', 'plan', oneOf('passport-basic', 'passport-2024-plus')],
  ['email', 'flag', oneOf('verified', 'pending')],
  ['patientName', 'placeholder', oneOf('{{patient}}', 'N/A', 'TBD')],
  ['customerName', 'key', (random) => `customer-${String(random.int(1, 99))}`],
];
