/** Words that make a street of what stands before or after them, in the languages whose addresses are told. */
const AFTER =
  'street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|square|sq|boulevard|blvd|terrace|way|place|pl|crescent|close|parkway|pkwy|highway|hwy';
const JOINED = 'straße|strasse|str\\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gatan|vägen|gata|vej|gade';
const BEFORE =
  'rue|avenue|av\\.|boulevard|bd|place|chemin|impasse|via|viale|piazza|corso|calle|c\\/|avenida|avda\\.?|plaza|paseo|rua|travessa|largo|praça|ulica|ul\\.|aleja';
const NAME = "[\\p{L}'’.-]+(?: [\\p{L}'’.-]+){0,3}";
const NUMBER = '\\d{1,5}[a-z]?(?:[-/]\\d{1,4})?';

const FORMS = [
  `${NUMBER},? ${NAME} (?:${AFTER})\\.?`,
  `${NAME} (?:${AFTER})\\.?,? (?:#|no\\.? ?)?${NUMBER}`,
  `[\\p{L}-]{0,40}(?:${JOINED}) ${NUMBER}`,
  `${NAME} (?:straße|strasse|weg|platz|allee) ${NUMBER}`,
  `${NUMBER},? (?:${BEFORE}) (?:(?:de|du|des|della|del|de la|da|do|dos|di) )?${NAME}`,
  `(?:${BEFORE}) (?:(?:de|du|des|della|del|de la|da|do|dos|di) )?${NAME},? (?:n[.º°]? ?)?${NUMBER}`,
  `(?:blk|block) ${NUMBER} ${NAME}`,
  `(?:p\\.? ?o\\.? box|postfach|apartado|casella postale) ${NUMBER}`,
];
const STREET = new RegExp(`^(?:${FORMS.join('|')})(?:$|[,\\s#(])`, 'iu');
const STREET_IN_TEXT = new RegExp(
  `(?<![\\p{L}\\d])(?:${NUMBER} \\p{Lu}[\\p{L}'’-]+ (?:${AFTER})|\\p{Lu}[\\p{L}'’-]+ (?:${AFTER}) ${NUMBER}|\\p{Lu}[\\p{L}-]{0,40}(?:${JOINED}) ${NUMBER}|${NUMBER},? (?:${BEFORE}) (?:d[a-z]{1,3} )?\\p{Lu}[\\p{L}'’-]+)(?![\\p{L}\\d])`,
  // Names of streets begin with capitals; the words around them may not.
  'u',
);
const WORDS_OF_STREET = new RegExp(`\\b(?:${AFTER}|${BEFORE})(?![\\p{L}])|(?:${JOINED})(?![\\p{L}])`, 'iu');
const CAPITAL_AFTER = AFTER.replaceAll(/(^|\|)([a-z])/g, (_, bar: string, letter: string) => `${bar}${letter.toUpperCase()}`);
const CAPITAL_STREET = new RegExp(
  `(?<![\\p{L}\\d])(?:${NUMBER} \\p{Lu}[\\p{L}'’-]+ (?:${CAPITAL_AFTER})|\\p{Lu}[\\p{L}'’-]+ (?:${CAPITAL_AFTER}) ${NUMBER})(?![\\p{L}\\d])`,
  'u',
);
/** A line of an address has few words. Units: characters. */
const MAX_LINE = 160;

/** A street with its number, as written in English, German, Dutch, Scandinavian and Romance languages. */
export const isStreet = (value: string): boolean => value.length >= 6 && value.length <= MAX_LINE && /\d/.test(value) && STREET.test(value);

const HOUSE_NUMBER = /(?<![\d.,:-])\d{1,5}(?![\d.,:-]\d)/g;
/** How far a street's name reaches from its number. Units: characters. */
const REACH = 50;
/** Numbers that are looked at; a text with more is a table. */
const MAX_NUMBERS = 12;

/** True when a text holds a street with its number. Cost: a look at what stands around each number. */
export function holdsStreet(text: string): boolean {
  let looked = 0;
  for (const { index } of text.matchAll(HOUSE_NUMBER)) {
    looked += 1;
    if (looked > MAX_NUMBERS) return false;
    const around = text.slice(Math.max(0, index - REACH), index + REACH);
    if (WORDS_OF_STREET.test(around) && (STREET_IN_TEXT.test(around) || CAPITAL_STREET.test(around))) return true;
  }
  return false;
}

/** What a field that is named for an address may hold. `part`: the field is for a city or code alone. */
export function isAddressText(value: string, part: boolean): boolean {
  if (value.length < 2 || value.length > 200 || /[@{}<>=]|:\/\/|^0x|:\d+$|^[\w-]+(?:\.[\w-]+)+$/i.test(value)) return false;
  if (/^(?:true|false|yes|no|null|none|n\/?a|unknown|tbd|-+)$/i.test(value)) return false;
  if (part) return value.length <= 60 && /[\p{L}\d]{2}/u.test(value);
  return value.length >= 4 && /\p{L}/u.test(value) && (/\d/.test(value) || WORDS_OF_STREET.test(value));
}
