import type { SignStrength } from '../../intake/personal/data-signs.ts';

/** What the values of one field (endpoint, place, pointer) said about one type. Units: values, each counted once. */
export interface FieldSigns {
  readonly type: string;
  /** By strength, as intake noted them. */
  readonly counts: Readonly<Record<SignStrength, number>>;
}

/** Share of a field's values that must keep its type. Source: columns of tables, Sherlock (KDD 2019) and Presidio's structured mode. */
const MIN_SHARE = 0.8;
/** Types whose values are told one by one too seldom: given names are known of some persons, and not every message holds a number. */
const MIN_SHARE_LOOSE = 0.5;
/** A field must show so many values that look like a type before it is one without its name saying so. */
const MIN_VALUES = 5;
/** So many texts must hold something that looks like it. */
const MIN_PASSAGES = 3;
/** The same for types of which few other things have the form. */
const MIN_VALUES_FORM: Readonly<Record<string, number>> = { 'person-name': 3, 'postal-address': 3, 'national-id': 3, 'free-text': 3 };
/** Types that their form alone proves (mod 97, known prefix, JWT, an address with a domain): one value is enough. */
const SELF_PROVING = new Set(['email', 'iban', 'jwt', 'api-key', 'private-key', 'secret', 'password', 'session-token', 'system-prompt']);
/** What the fields beside a field say about it: its object is a person's (only persons have birthdays), or names a currency. */
export interface Company {
  readonly hasPerson: boolean;
  readonly hasBirth: boolean;
  readonly hasCurrency: boolean;
}
/** Digits that random ones pass too often to be told from them without one that is written out with marks. */
const NEEDS_ONE_SURE = new Set(['us-ssn']);
/** Types that the fields beside them can confirm. */
const OF_PERSONS = new Set(['person-name', 'national-id']);
const LOOSE = new Set(['person-name', 'free-text', 'phone']);

/**
 * Decides whether a field is of a type, over all its values that were looked at.
 * Shape:  `values` is how many the field had, `undefined` where only its signs are known; `company` is what the same object holds.
 * Example: 6 values, 5 of them pass → 0.83, typed; 6 values, 1 looks like a card → 0.17, not typed.
 */
export function isOfType({ type, counts }: FieldSigns, values: number | undefined, company: Company): boolean {
  // That a field names a currency says something of the fields beside it, and nothing worth a word of its own.
  if (type === 'currency') return false;
  if (counts.inside > 0) return true;
  if (counts.sure > 0 && SELF_PROVING.has(type)) return true;
  const whole = counts.sure + counts.form;
  const total = Math.max(values ?? whole, whole);
  const share = total === 0 ? 0 : whole / total;
  const enough = share >= (LOOSE.has(type) ? MIN_SHARE_LOOSE : MIN_SHARE);
  if (counts.sure > 0 && enough && counts.sure >= counts.form / MIN_VALUES) return true;
  if (values === undefined) return false;
  if (NEEDS_ONE_SURE.has(type)) return false;
  if (type === 'secret') return counts.form > 0 && whole + counts.beside >= MIN_VALUES && whole + counts.beside >= MIN_SHARE * values;
  if (enough && whole >= (MIN_VALUES_FORM[type] ?? MIN_VALUES)) return true;
  if (counts.passage >= MIN_PASSAGES && counts.passage >= MIN_SHARE_LOOSE * values) return true;
  if ((counts.form + counts.beside) / Math.max(values, 1) < MIN_SHARE) return false;
  if (type === 'amount') return counts.beside > 0 && company.hasCurrency;
  // One customer's own page shows one name; that it stands beside an address or a number makes a known name a person's, and beside
  // a birthday any name, of which no list has all.
  return (
    OF_PERSONS.has(type) && ((company.hasPerson && counts.form > 0) || (type === 'person-name' && company.hasBirth && counts.beside > 0))
  );
}

/** Types that make the object that holds them one about a person. */
export const ABOUT_PERSONS: ReadonlySet<string> = new Set(['email', 'phone', 'date-of-birth', 'postal-address', 'us-ssn', 'national-id']);

/** The object that a field belongs to: `$.items[*].name` → `$.items[*]`; FHIR's lists of names belong to what has them. */
export function objectOf(pointer: string): string {
  const list = LIST_OF_PERSON.exec(pointer);
  return list === null ? pointer.replace(LAST_KEY, '') : pointer.slice(0, list.index);
}
const LIST_OF_PERSON =
  /\.(?:name(?:\[\*\])?\.(?:text|given|family)|(?:address|telecom|identifier|contacts?)(?:\[\*\])?\.[\w-]+)(?:\[\*\])?$/;
const LAST_KEY = /(?:\.[\w$-]+|\["[^"]*"\])(?:\[\*\])?$/;
