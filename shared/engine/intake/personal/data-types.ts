import { isAddressText, isStreet } from './address-form.ts';
import { isCardNumber } from './card-number.ts';
import type { FieldPrior, NamedType } from './data-names.ts';
import { noteDataInText } from './data-in-text.ts';
import type { SignStrength } from './data-signs.ts';
import { isIban } from './iban.ts';
import { isNationalId, isNationalIdByForm } from './national-ids/index.ts';
import { isNameShaped, isPersonByForm, isPersonText } from './person-form.ts';
import { isSsn } from './us-ssn.ts';

const EMAIL = /^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/;
const EMAIL_INSIDE = /[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const IPV6 = /^(?=.*:.*:)[0-9a-f:]{2,39}(?:%[\w.]+)?$/i;
const E164 = /^\+[1-9][\d ().-]{6,18}\d$/;
const PHONE_FORM = /^(?:\(\d{2,4}\) ?\d{3,4}[ -]?\d{3,4}|\d{3}-\d{3}-\d{4}|0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{2,4}){0,2})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)|^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;
const MONEY = /^[-+]?[€$£¥]?\s?\d[\d,.' ]*(?:\s?[A-Z]{3})?$/;
const SYSTEM_PROMPT = /^(?:#+ *)?(?:system(?: prompt)?:\s*)?you are (?:an?|the|my) .{0,120}(?:assistant|agent|bot|model|ai\b)/i;
/** ICD-10 as WHO prints it: chapter letter, two digits, up to four more behind a dot. */
const ICD10 = /^[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?$/;
const PASSPORT = /^[A-Z]{0,3}\d{6,10}[A-Z]?$/i;

/** Prose worth calling free text. Units: characters, spaces. */
const PROSE_LENGTH = 80;
const PROSE_SPACES = 12;
/** The same in a field whose name promises a text: a short sentence. */
const NAMED_WORDS = 3;
/** A text is counted so far. Units: characters. */
const MAX_COUNTED = 200;
/** People alive were born after the first and before the second; dates to come are none of birth. Units: years. */
const [FIRST_BIRTH, LAST_BIRTH] = [1900, 2029];
/** Without a name, only dates that grown-up people are born on. Units: years. */
const [FIRST_GROWN, LAST_GROWN] = [1920, 2010];

/** How a type that a value was seen to be is handed on. */
export type NoteSign = (type: string, strength: SignStrength) => void;

/** Notes the kinds of data that a value is or may be, from its field's place and its own form. Most values are none. */
export function noteValueTypes(prior: FieldPrior, value: string, note: NoteSign): void {
  const type = namedTypeOf(prior, value);
  if (type !== undefined) {
    note(type.type, type.strength);
    if (type.type !== 'free-text') return;
  } else {
    const form = typeByForm(prior, value);
    if (form !== undefined) {
      note(form.type, form.strength);
      if (form.strength === 'sure' && form.type !== 'free-text') return;
    } else if (prior.isSum && isSum(value)) note('amount', 'beside');
  }
  if (value.length >= 12 && value.includes(' ')) noteDataInText(value, note);
}

interface Sign {
  readonly type: string;
  readonly strength: SignStrength;
}
const sure = (type: string): Sign => ({ type, strength: 'sure' });
const form = (type: string): Sign => ({ type, strength: 'form' });
const beside = (type: string): Sign => ({ type, strength: 'beside' });

function namedTypeOf(prior: FieldPrior, value: string): Sign | undefined {
  const { type } = prior;
  if (type !== undefined) {
    // A field for tax numbers of any country holds this country's.
    if (type === 'national-id' && value.length === 11 && value.charAt(3) === '-' && isSsn(value)) return sure('us-ssn');
    if (keeps(type, value, prior)) return prior.isDoubtful ? doubtful(type, value) : sure(type);
    return prior.isSaid && isPhrase(value) ? form('free-text') : undefined;
  }
  if (prior.isCurrency) return /^[A-Z]{3}$/i.test(value) ? beside('currency') : undefined;
  if (prior.isBareName && isNameShaped(value)) return isPersonByForm(value) ? form('person-name') : beside('person-name');
  if (prior.isCoding && ICD10.test(value)) return sure('health');
  if (prior.isIdentifier && isNationalId(value)) return isNationalIdByForm(value) ? sure('national-id') : form('national-id');
  return undefined;
}

/** Of names that things have as well: what looks like it on its own. */
function doubtful(type: NamedType, value: string): Sign | undefined {
  if (type === 'person-name') return isPersonByForm(value) ? form(type) : isNameShaped(value) ? beside(type) : undefined;
  if (type === 'postal-address') return isStreet(value) ? sure(type) : undefined;
  // `total: 120` counts rows; money has cents or a currency.
  if (type === 'amount') return /\D/.test(value) ? sure(type) : undefined;
  return sure(type);
}

/** Kinds that their form shows, whatever the field is called. */
function typeByForm(prior: FieldPrior, value: string): Sign | undefined {
  const { length } = value;
  if (length < 7) return undefined;
  if (length <= 254 && value.includes('@') && EMAIL.test(value)) return sure('email');
  if (length >= 40) {
    if (length <= 45 && isIban(value)) return sure('iban');
    if (SYSTEM_PROMPT.test(value)) return sure('system-prompt');
    if (length >= PROSE_LENGTH && value.split(' ', PROSE_SPACES + 2).length > PROSE_SPACES && !value.startsWith('<'))
      return sure('free-text');
  }
  if (length > 160) return undefined;
  return typeOfShort(prior, value);
}

function typeOfShort(prior: FieldPrior, value: string): Sign | undefined {
  const { length } = value;
  const first = value.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (length <= 45 && !isDigit && isIban(value)) return sure('iban');
  if (length <= 19 && first === 43 && E164.test(value)) return sure('phone');
  if (length <= 45 && isIp(value)) return prior.isVersion || isTimeLike(value) ? undefined : sure('ip-address');
  if (isDigit || first === 40) {
    if (length === 11 && value.charAt(3) === '-' && isSsn(value)) return sure('us-ssn');
    if (length <= 20 && PHONE_FORM.test(value)) return form('phone');
    if (length === 10 && isGrownBirth(value) && !prior.isOtherDate) return form('date-of-birth');
  }
  if (length <= 24 && length >= 9 && isNationalIdByForm(value)) return form('national-id');
  if (length === 9 && isDigit && !prior.isId && isSsn(value)) return form('us-ssn');
  if (!value.includes(' ')) return undefined;
  if (isStreet(value)) return form('postal-address');
  return isPersonByForm(value) ? form('person-name') : undefined;
}

/** True when a value can be what its field is named for. */
function keeps(type: NamedType, value: string, prior: FieldPrior): boolean {
  switch (type) {
    case 'email':
      return value.length <= 254 && EMAIL.test(value);
    case 'phone':
      return isPhone(value);
    case 'person-name':
      return isPersonText(value);
    case 'postal-address':
      return isAddressText(value, prior.isPart);
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
      return isNationalId(value) || PASSPORT.test(value);
    case 'device-id':
      return value.length >= 8 && value.length <= 64 && /^[\w:.-]+$/.test(value) && /\d/.test(value);
    case 'ip-address':
      return isIp(value) && !isTimeLike(value);
    case 'payment-card':
      return isCardNumber(value);
    case 'health':
      return value.length >= 2 && !/^(?:true|false|null|none|unknown|n\/a|0)$/i.test(value);
    case 'system-prompt':
      return value.length >= 40;
    case 'free-text':
      return value.length >= 12 && hasWords(value) && !value.startsWith('<') && !isStreet(value);
  }
}

/** A sum, as a number or in words of one: `45.99`, `-1,200.00`. */
const isSum = (value: string): boolean => value.length <= 24 && MONEY.test(value);

/** Two words in the letters of a sentence: `duplicate charge`. Codes have no space, and headings have capitals. */
const isPhrase = (value: string): boolean => /^\p{L}{2,}(?: [\p{Ll}\d'’,.-]+)+[.!?]?$/u.test(value);

/** Three words of two letters or more. */
const hasWords = (value: string): boolean =>
  value
    .slice(0, MAX_COUNTED)
    .split(' ')
    .filter((word) => /\p{L}{2}/u.test(word)).length >= NAMED_WORDS;

const isIp = (value: string): boolean => IPV4.test(value) || (IPV6.test(value) && /[0-9a-f]/i.test(value));

/** `12:34:56` and hardware addresses read like IPv6. */
const isTimeLike = (value: string): boolean => /^\d{1,2}:\d{2}:\d{2}$/.test(value) || /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(value);

/** Seven to fifteen digits (E.164); without a plus or marks between them at least nine, since shorter numbers are ids. */
function isPhone(value: string): boolean {
  if (!/^[+\d(][\d ().\-/x]{5,22}$/.test(value)) return false;
  const digits = value.replaceAll(/\D/g, '').length;
  return digits >= (/^\d+$/.test(value) ? 9 : 7) && digits <= 15;
}

function yearOf(value: string): number | undefined {
  const match = DATE.exec(value);
  return match === null ? undefined : Number(match[1] ?? match[6]);
}

function isBirthDate(value: string): boolean {
  const year = yearOf(value);
  return year !== undefined && year >= FIRST_BIRTH && year <= LAST_BIRTH;
}

function isGrownBirth(value: string): boolean {
  const year = yearOf(value);
  return year !== undefined && year >= FIRST_GROWN && year <= LAST_GROWN;
}

/** How many e-mail addresses stand inside a longer text; at most `limit`. */
export function countEmailsInside(text: string, limit: number): number {
  if (!text.includes('@')) return 0;
  return Math.min(limit, text.split(/[\s,;<>()"']+/, 2000).filter((word) => EMAIL_INSIDE.test(word)).length);
}
