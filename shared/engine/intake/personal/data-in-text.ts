import { holdsStreet } from './address-form.ts';
import { holdsIban } from './iban.ts';
import { isNationalIdByForm } from './national-ids/index.ts';
import { namesPerson } from './person-form.ts';
import type { SignStrength } from './data-signs.ts';
import { isSsn } from './us-ssn.ts';

/** Prose is searched so far. Units: characters. */
const MAX_PROSE = 4096;

const SSN = /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g;
const SSN_WORDS = /(?:social security|\bSSN\b)[^\d]{0,30}(\d{3}-?\d{2}-?\d{4})(?!\d)/gi;
const IPV4 = /(?<![\d.A-Za-z-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d|-)/;
const IPV6 = /(?<![\w:.])(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\w:])/i;
/** Two colons close together: rules out nearly all prose before the costly expression. */
const MAYBE_IPV6 = /[0-9a-f]:[0-9a-f]{0,4}:/i;
const TIME = /^\d{1,2}:\d{2}:\d{2}$|^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;
const VERSION = /(?:version|build|release|v) ?$/i;
const PHONE =
  /(?<![\w+.-])(?:\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d[\d .-]{5,14}\d|\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}|\d{3}-\d{3}-\d{4}|0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{2,4}){0,2})(?![\d-])/;
const BIRTH =
  /(?:born(?: on)?|birth(?:day| ?date)?|\bDOB|geboren(?: am)?|\bgeb\.|n[ée]e? le|nacid[oa] el|nat[oa] il)(?:\s*(?:is|was|[:=]))?\s*(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})/i;
const NATIONAL =
  /(?<![\w-])(?:[A-Z]{2}(?: ?\d{2}){3} ?[A-D]|[STFGM]\d{7}[A-Z]|\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|\d{3}\.\d{3}\.\d{3}-\d{2}|(?:19|20)?\d{6}-\d{4}|756\.\d{4}\.\d{4}\.\d{2})(?![\w-])/g;

/**
 * Data about people inside a sentence. Only what proves itself or is introduced by its words is `inside`; what merely looks like
 * it is a `passage`, which counts when most texts of the field hold one.
 * Cost:   ten searches over at most 4,096 characters; those for numbers are left out where no digit stands.
 */
export function noteDataInText(whole: string, note: (type: string, strength: SignStrength) => void): void {
  const text = whole.length > MAX_PROSE ? whole.slice(0, MAX_PROSE) : whole;
  if (/\p{Lu}\p{Ll}/u.test(text) && namesPerson(text)) note('person-name', 'passage');
  if (!/\d{2}/.test(text)) return;
  const hasIban = holdsIban(text);
  if (hasIban) note('iban', 'inside');
  if (holdsSsn(text)) note('us-ssn', 'inside');
  if (BIRTH.test(text)) note('date-of-birth', 'inside');
  // The groups of an account number read like a phone number.
  if (!hasIban && PHONE.test(text)) note('phone', 'passage');
  if (holdsIp(text)) note('ip-address', 'passage');
  if (holdsStreet(text)) note('postal-address', 'passage');
  for (const [found] of text.matchAll(NATIONAL))
    if (isNationalIdByForm(found)) {
      note('national-id', 'passage');
      break;
    }
}

function holdsSsn(text: string): boolean {
  for (const [found] of text.matchAll(SSN)) if (isSsn(found)) return true;
  for (const match of text.matchAll(SSN_WORDS)) if (isSsn(match[1] ?? '')) return true;
  return false;
}

function holdsIp(text: string): boolean {
  const four = IPV4.exec(text);
  if (four !== null && !VERSION.test(text.slice(0, four.index))) return true;
  if (!text.includes(':') || !MAYBE_IPV6.test(text)) return false;
  const six = IPV6.exec(text);
  return six !== null && !TIME.test(six[0]);
}
