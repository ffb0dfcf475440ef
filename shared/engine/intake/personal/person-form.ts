import { isGivenName } from './given-names.ts';

const NAME =
  /^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|M|Sr|Sra)\.? )?\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}\.?|(?:van|von|de|der|den|da|di|dos|del|la|le|bin|al|el|ter|zu) ?)*)*(?: \p{Lu}[\p{L}'’-]+){1,3}$/u;
const IN_TEXT = /(?<![\p{L}\p{N}_])(\p{Lu}\p{Ll}+) \p{Lu}['’]?\p{Lu}?\p{Ll}+(?![\p{L}\p{N}_])/gu;
const GREETING =
  /(?:^|[\s"(])(?:Dear|Hello|Hi|Hallo|Liebe[r]?|Bonjour|Estimad[oa]|Herr|Frau|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) \p{Lu}[\p{Ll}'’-]+(?: \p{Lu}['’]?\p{Lu}?\p{Ll}+)+/u;
/** Longer names are sentences. Units: characters. */
const MAX_NAME = 60;
const NOBODY = /^(?:n\/?a|tbd|tba|unknown|none|null|nil|test|anonymous|guest|admin|system|default|unnamed|undefined|not set)$/i;

/** Two to four words in capitals, as names of persons are written, and of much else. */
export const isNameShaped = (value: string): boolean => value.length <= MAX_NAME && value.includes(' ') && NAME.test(value);

/** A name that begins with a given name: `Kira Winter`, `Dr. Rui Costa`; of `Last, First` as well. */
export function isPersonByForm(value: string): boolean {
  if (!isNameShaped(value)) return false;
  const words = value.split(' ');
  const first = /\.$|^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme)$/.test(words[0] ?? '') ? words[1] : words[0];
  return isGivenName(first ?? '');
}

/** What a field that is named for a person's name may hold: letters, no markup, no placeholder. */
export const isPersonText = (value: string): boolean =>
  value.length >= 2 &&
  value.length <= 80 &&
  /\p{L}{2}/u.test(value) &&
  !/[@/<>{}=\d_]/.test(value) &&
  !NOBODY.test(value) &&
  // Names are not written in small letters throughout when they have a hyphen: `billing-admin` is a key.
  !/^[a-z]+(?:-[a-z]+)+$/.test(value);

/** True when a text speaks of somebody by name. */
export function namesPerson(text: string): boolean {
  if (GREETING.test(text)) return true;
  for (const match of text.matchAll(IN_TEXT)) if (isGivenName(match[1] ?? '')) return true;
  return false;
}
