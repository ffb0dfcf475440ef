import type { Random } from '#test/support/large/random.ts';

import { COUNTRIES, FIRST_NAMES, NOUNS } from '../truth-openapi/words.ts';
import { ibanDigits, luhnDigit } from './check-digits.ts';

/** Kinds of data that fields are labelled with; the names are those of reports, `secret` stands for every key, password and token but JWTs. */
export type Label =
  | 'payment-card' | 'iban' | 'us-ssn' | 'national-id' | 'phone' | 'email' | 'date-of-birth' | 'ip-address' | 'person-name' | 'postal-address' | 'jwt' | 'secret'; // prettier-ignore

export type Make = (random: Random) => string;

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALNUM = `${CAPITALS}abcdefghijklmnopqrstuvwxyz${DIGITS}`;
const draw = (random: Random, letters: string, count: number): string =>
  Array.from({ length: count }, () => letters.charAt(random.int(0, letters.length - 1))).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Issuers' first digits with the length of their cards. */
const ISSUERS: readonly (readonly [prefix: string, length: number])[] = [['4', 16], ['51', 16], ['55', 16], ['2221', 16], ['34', 15], ['37', 15], ['6011', 16], ['65', 16], ['3528', 16]]; // prettier-ignore

/** A card number with a right sum, plain or in groups of four. */
export const card: Make = (random) => {
  const [prefix, length] = random.pick(ISSUERS);
  const body = prefix + draw(random, DIGITS, length - 1 - prefix.length);
  const number = body + luhnDigit(body);
  const form = random.next();
  if (form < 0.6) return number;
  const mark = form < 0.85 ? ' ' : '-';
  return length === 15 ? [number.slice(0, 4), number.slice(4, 10), number.slice(10)].join(mark) : (number.match(/.{4}/g) ?? []).join(mark);
};

/** What follows the check digits: `A` a letter, `0` a digit (SWIFT's registry). */
const IBANS: Readonly<Record<string, string>> = {
  DE: '0'.repeat(18), AT: '0'.repeat(16), CH: '0'.repeat(17), FR: '0'.repeat(23), ES: '0'.repeat(20), GB: `AAAA${'0'.repeat(14)}`, NL: `AAAA${'0'.repeat(10)}`,
  IT: `A${'0'.repeat(22)}`, BE: '0'.repeat(12), PL: '0'.repeat(24), SE: '0'.repeat(20), IE: `AAAA${'0'.repeat(14)}`, NO: '0'.repeat(11), PT: '0'.repeat(21),
}; // prettier-ignore

export const iban: Make = (random) => {
  const country = random.pick(Object.keys(IBANS));
  const account = (IBANS[country] ?? '').replaceAll(/./g, (mark) => draw(random, mark === 'A' ? CAPITALS : DIGITS, 1));
  const whole = `${country}${ibanDigits(country, account)}${account}`;
  return random.chance(0.4) ? (whole.match(/.{1,4}/g) ?? []).join(' ') : whole;
};

/** Area not 000, 666 or 9xx, group not 00, serial not 0000: the rules of the SSA. */
export const ssn: Make = (random) => {
  const area = random.pick([random.int(1, 665), random.int(667, 899)]);
  const parts = [String(area).padStart(3, '0'), two(random.int(1, 99)), String(random.int(1, 9999)).padStart(4, '0')];
  return parts.join(random.chance(0.8) ? '-' : '');
};

/** UK national insurance number: letters without D F I Q U V, second one without O as well. */
export const nino: Make = (random) => {
  const parts = [
    draw(random, 'ABCEHJLMPRSTWXYZ', 1) + draw(random, 'ABCEHJLMPRSTWXYZ', 1),
    ...[0, 0, 0].map(() => draw(random, DIGITS, 2)),
    draw(random, 'ABCD', 1),
  ];
  return parts.join(random.chance(0.4) ? ' ' : '');
};

/** Numbers of the ranges that are kept free for films and examples, in the ways that people write them. */
export const phone: Make = (random) => {
  const end = String(random.int(100, 199));
  return random.pick([
    `+1 (555) 555-0${end}`, `+1-555-555-0${end}`, `+155555550${end.slice(1)}`, `(555) 555-0${end}`, `555-555-0${end}`,
    `+44 7700 900${end}`, `+447700900${end}`, `07700 900${end}`, `+49 30 23125 ${end}`, `030 23125${end}`, `+33 1 99 00 ${end.slice(0, 2)} 18`,
  ]); // prettier-ignore
};

const lastName: Make = (random) => capital(random.pick(NOUNS));
export const personName: Make = (random) => `${capital(random.pick(FIRST_NAMES))} ${random.chance(0.1) ? "O'" : ''}${lastName(random)}`;
export const email: Make = (random) =>
  `${random.pick(FIRST_NAMES)}${random.pick(['.', '_', '', '+'])}${random.pick(NOUNS)}${random.chance(0.3) ? String(random.int(1, 99)) : ''}@${random.pick(NOUNS)}.${random.pick(['test', 'example', 'example.com', 'co.example'])}`;
export const birthDate: Make = (random) => {
  const [year, month, day] = [random.int(1935, 2007), random.int(1, 12), random.int(1, 28)];
  return random.pick([
    `${String(year)}-${two(month)}-${two(day)}`,
    `${two(day)}.${two(month)}.${String(year)}`,
    `${two(month)}/${two(day)}/${String(year)}`,
  ]);
};
export const address: Make = (random) => {
  const street = capital(random.pick(NOUNS));
  return random.pick([
    `${String(random.int(1, 250))} ${street} Street`, `${street}straße ${String(random.int(1, 120))}`, `${String(random.int(1, 90))} rue de ${street}`,
    `${street} Avenue ${String(random.int(1, 90))}, ${draw(random, DIGITS, 5)} ${capital(random.pick(NOUNS))}`,
  ]); // prettier-ignore
};
export const ipAddress: Make = (random) =>
  random.pick([
    `192.0.2.${String(random.int(1, 254))}`, `203.0.113.${String(random.int(1, 254))}`, `10.${String(random.int(0, 255))}.${String(random.int(0, 255))}.7`,
    `2001:db8::${random.hex(4)}`, `2001:db8:${random.hex(4)}::${random.hex(2)}:1`,
  ]); // prettier-ignore

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
export const jwt: Make = (random) =>
  [
    base64url(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: random.hex(6) })),
    base64url(
      JSON.stringify({ sub: `u-${String(random.int(1, 9999))}`, iss: 'https://id.example', exp: 1_790_000_000 + random.int(0, 99_999) }),
    ),
    draw(random, ALNUM, 43),
  ].join('.');

/** First parts of providers' keys; joined at run time, so that no scanner takes this file for a leak. */
const KEY_FORMS: readonly (readonly [start: readonly string[], letters: string, count: number])[] = [
  [['AK', 'IA'], `${CAPITALS}234567`, 16], [['gh', 'p', '_'], ALNUM, 36], [['github', '_pat', '_'], ALNUM, 60], [['xo', 'xb', '-'], DIGITS, 24], [['sk', '_live', '_'], ALNUM, 24],
  [['rk', '_test', '_'], ALNUM, 24], [['gl', 'pat', '-'], ALNUM, 20], [['AI', 'za'], ALNUM, 35], [['np', 'm_'], ALNUM, 36], [['sk', '-proj-'], `${ALNUM}${DIGITS}`, 48],
]; // prettier-ignore
/** A key with the form of a known provider; it opens nothing. */
export const providerKey: Make = (random) => {
  const [start, letters, count] = random.pick(KEY_FORMS);
  return start.join('') + draw(random, letters, count);
};
/** A secret whose form says nothing: only its name can. */
export const plainSecret: Make = (random) => (random.chance(0.5) ? random.hex(32) : draw(random, ALNUM, 40));
export const password: Make = (random) => `${capital(random.pick(NOUNS))}${String(random.int(10, 99))}!${draw(random, ALNUM, 5)}`;

/** Values that look like data about people or secrets and are neither. */
export const LOOK_ALIKES: Readonly<Record<string, Make>> = {
  'wrong sum': (random) => {
    const body = `4${draw(random, DIGITS, 14)}`;
    return body + String((Number(luhnDigit(body)) + random.int(1, 9)) % 10);
  },
  'wrong iban': (random) => `DE${two((Number(ibanDigits('DE', '1'.repeat(18))) + random.int(1, 8)) % 97)}${draw(random, DIGITS, 17)}x`,
  'order number': (random) => draw(random, '123456789', random.pick([8, 9, 10, 12, 16])),
  md5: (random) => random.hex(32), sha1: (random) => random.hex(40), sha256: (random) => random.hex(64),
  uuid: (random) => random.uuid(), 'trace id': (random) => `00-${random.hex(32)}-${random.hex(16)}-01`,
  'masked card': (random) => `${random.pick(['**** **** **** ', '************', 'XXXX-XXXX-XXXX-'])}${draw(random, DIGITS, 4)}`,
  timestamp: (random) => String(random.int(1_600_000_000, 1_790_000_000) * 1000), time: (random) => `2026-0${String(random.int(1, 9))}-1${String(random.int(0, 9))}T08:${two(random.int(0, 59))}:00Z`,
  version: (random) => `${String(random.int(0, 20))}.${String(random.int(0, 20))}.${String(random.int(0, 20))}`, build: (random) => `${String(random.int(1, 9))}.${String(random.int(0, 9))}.${String(random.int(0, 99))}.${String(random.int(1000, 9999))}`,
  isbn: (random) => `978-${draw(random, DIGITS, 1)}-${draw(random, DIGITS, 4)}-${draw(random, DIGITS, 4)}-${draw(random, DIGITS, 1)}`,
  mac: (random) => Array.from({ length: 6 }, () => random.hex(2)).join(':'), sku: (random) => `${draw(random, CAPITALS, 3)}-${draw(random, DIGITS, 5)}`,
  country: (random) => random.pick(COUNTRIES), product: (random) => `${capital(random.pick(NOUNS))} ${capital(random.pick(NOUNS))}`,
  duration: (random) => `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`, handle: (random) => `@${random.pick(FIRST_NAMES)}`,
}; // prettier-ignore
