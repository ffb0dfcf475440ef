import { isCardNumber } from './card-number.ts';
import { namedType, type NamedType } from './data-names.ts';

const EMAIL = /^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/;
const EMAIL_INSIDE = /[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}/;
const SSN = /^(\d{3})-?(\d{2})-?(\d{4})$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const IPV6 = /^(?=.*:.*:)[0-9a-f:]{2,39}(?:%[\w.]+)?$/i;
const E164 = /^\+[1-9][\d ().-]{6,18}\d$/;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9 ]{11,40}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)|^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;
const MONEY = /^[-+]?[€$£¥]?\s?\d[\d,.' ]*(?:\s?[A-Z]{3})?$/;
const SYSTEM_PROMPT = /^(?:#+ *)?(?:system(?: prompt)?:\s*)?you are (?:an?|the|my) .{0,120}(?:assistant|agent|bot|model|ai\b)/i;

/** Prose worth calling free text. Units: characters, spaces. */
const PROSE_LENGTH = 80;
const PROSE_SPACES = 12;

/** Lengths of IBANs by country (SWIFT registry), the common ones; others count from 15 to 34. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21, HU: 28,
  IE: 22, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, TR: 26,
}; // prettier-ignore

/**
 * The kind of data that a value is, from its name and its own form; `undefined` for nothing worth noting.
 * Names and addresses of people are told by the field's name only: telling them from any text is wrong as often as right.
 */
export function typeOfValue(key: string, parent: string | undefined, value: string): string | undefined {
  const named = key === '' ? undefined : namedType(key, parent);
  if (named !== undefined && keeps(named, value)) return named;
  return typeByForm(value);
}

/** Kinds that their form proves, whatever the field is called. */
function typeByForm(value: string): string | undefined {
  const { length } = value;
  if (length < 7) return undefined;
  if (length <= 254 && value.includes('@') && EMAIL.test(value)) return 'email';
  if (length <= 45 && isIban(value)) return 'iban';
  if (length === 11 && value.charAt(3) === '-' && isSsn(value)) return 'us-ssn';
  if (length <= 19 && value.startsWith('+') && E164.test(value)) return 'phone';
  if (length <= 45 && (IPV4.test(value) || (IPV6.test(value) && /[0-9a-f]/i.test(value))))
    return isTimeLike(value) ? undefined : 'ip-address';
  if (length >= 40 && SYSTEM_PROMPT.test(value)) return 'system-prompt';
  if (length >= PROSE_LENGTH && value.split(' ', PROSE_SPACES + 2).length > PROSE_SPACES && !value.startsWith('<')) return 'free-text';
  return undefined;
}

/** True when a value can be what its field is named for. */
function keeps(type: NamedType, value: string): boolean {
  switch (type) {
    case 'email':
      return value.length <= 254 && EMAIL.test(value);
    case 'phone':
      return /^[+\d][\d ().\-/x]{5,22}$/.test(value) && /^\d{7,15}$/.test(value.replaceAll(/\D/g, ''));
    case 'person-name':
      return value.length >= 2 && value.length <= 80 && /\p{L}{2}/u.test(value) && !/[@/<>{}=\d]/.test(value);
    case 'postal-address':
      return (
        value.length >= 4 &&
        value.length <= 200 &&
        /[\p{L}\d]/u.test(value) &&
        !value.includes('@') &&
        !value.includes('://') &&
        !IPV4.test(value) &&
        !value.startsWith('0x')
      );
    case 'date-of-birth':
      return isBirthDate(value);
    case 'amount':
      return value.length <= 24 && MONEY.test(value);
    case 'geolocation':
      return /^-?\d{1,3}\.\d{2,}(?:\s*,\s*-?\d{1,3}\.\d{2,})?$/.test(value) && Math.abs(Number.parseFloat(value)) <= 180;
    case 'iban':
      return isIban(value);
    case 'us-ssn':
      return isSsn(value);
    case 'bank-account':
      return /^[A-Z0-9 -]{6,34}$/i.test(value) && /\d{3}|^[A-Z]{6}[A-Z0-9]{2,5}$/.test(value);
    case 'national-id':
      return value.length >= 6 && value.length <= 24 && /\d/.test(value);
    case 'device-id':
      return value.length >= 8 && value.length <= 64 && /^[\w:.-]+$/.test(value) && /\d/.test(value);
    case 'ip-address':
      return IPV4.test(value) || IPV6.test(value);
    case 'payment-card':
      return isCardNumber(value);
    case 'health':
      return value.length >= 2 && !/^(?:true|false|null|0)$/.test(value);
    case 'system-prompt':
      return value.length >= 40;
  }
}

/** `12:34:56` reads like IPv6. */
const isTimeLike = (value: string): boolean => /^\d{1,2}:\d{2}:\d{2}$/.test(value) || /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(value);

/** US social security number: area not 000, 666 or 9xx, group not 00, serial not 0000 (SSA rules). */
function isSsn(value: string): boolean {
  const [, area = '', group = '', serial = ''] = SSN.exec(value) ?? [];
  return (
    area !== '' &&
    area !== '000' &&
    area !== '666' &&
    !area.startsWith('9') &&
    group !== '00' &&
    serial !== '0000' &&
    value !== '123-45-6789'
  );
}

/** ISO 13616: right length for the country and a remainder of 1 modulo 97 with the first four letters moved to the end. */
function isIban(value: string): boolean {
  if (!IBAN.test(value)) return false;
  const text = value.replaceAll(' ', '');
  const expected = IBAN_LENGTHS[text.slice(0, 2)];
  if (expected === undefined ? text.length < 15 || text.length > 34 : text.length !== expected) return false;
  let rest = 0;
  for (const letter of text.slice(4) + text.slice(0, 4)) rest = Number(String(rest) + String(Number.parseInt(letter, 36))) % 97;
  return rest === 1;
}

function isBirthDate(value: string): boolean {
  const match = DATE.exec(value);
  if (match === null) return false;
  const year = Number(match[1] ?? match[6]);
  return year >= 1900 && year <= 2100;
}

/** How many e-mail addresses stand inside a longer text; at most `limit`. */
export function countEmailsInside(text: string, limit: number): number {
  if (!text.includes('@')) return 0;
  return Math.min(limit, text.split(/[\s,;<>()"']+/, 2000).filter((word) => EMAIL_INSIDE.test(word)).length);
}
