import { registrableDomain } from '../../../lib/domains.ts';
import { PSEUDONYM_WORDS } from './case-name.ts';

/** Shorter labels (`ab.com`) stand in other words by chance. Units: letters. */
const MIN_LENGTH = 3;
/** From this length on a label is looked for inside of words as well: `acmeshopreports`. Units: letters. */
const INSIDE_LENGTH = 6;
/** Labels that name no owner, and words that pseudonyms and marks of ours begin with. */
const NOBODY = new Set([
  ...Object.values(PSEUDONYM_WORDS),
  ...'company svc cluster local localhost internal intranet corp home lan example invalid cloud amazonaws googleapis azure windows gateway withheld'.split(
    ' ',
  ),
]);

/** Letters, digits and joints, a letter among them: evidence may hold anything as a host, and what is no label names nobody. */
const LABEL = /^(?=.*\p{L})[\p{L}\p{N}_-]+$/u;

/** The part of a domain that names its owner: `quillforge` of `api.quillforge.test`. */
function ownerLabel(host: string): string | undefined {
  const domain = registrableDomain(host.replace(/:\d+$/, ''));
  if (!domain.includes('.') || !/\p{L}/u.test(domain) || domain.includes(':')) return undefined;
  const label = domain.slice(0, domain.indexOf('.'));
  return label.length < MIN_LENGTH || NOBODY.has(label) || !LABEL.test(label) ? undefined : label;
}

/**
 * The words by which the owners of hosts are known, each once, in the order of the hosts. Lower case, `-` between parts.
 * Shape: words that stand in any API (`orders`, `billing`) are for the caller to leave out: taken for a company, they would leave no sentence whole.
 */
export const companyWords = (hosts: readonly string[]): readonly string[] => [...new Set(hosts.flatMap((host) => ownerLabel(host) ?? []))];

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isLower = (char: string): boolean => /\p{Ll}/u.test(char);
const isUpper = (char: string): boolean => /\p{Lu}/u.test(char);

/** Whether a word may end between two letters: at anything that is no letter, and inside `AcmeBot`. */
const isSeam = (before: string, after: string): boolean => !isLetter(before) || !isLetter(after) || (isLower(before) && isUpper(after));

/** In paths, names of files, scopes and programs the parts are joined in many ways: `acme-shop`, `Acme_Shop`, `AcmeShop`, `acme%20shop`. */
const JOINT = '(?:[-_. +]|%20|%2D|\\+20)';
const JOINTS = new RegExp(JOINT, 'giu');

/** A word as it is however its parts are joined and written. */
const keyOf = (word: string): string => word.toLowerCase().replace(JOINTS, '');

/** Words in one expression; the runtime builds none of a hundred thousand. */
const WORDS_AT_ONCE = 1_000;

/** Labels hold letters, digits, `-` and `_` alone, so that nothing in them means something to the expression. */
const expressionOf = (words: readonly string[]): RegExp =>
  new RegExp(words.map((word) => word.split(/[-_]/).filter(Boolean).join(`${JOINT}?`)).join('|'), 'giu');

/**
 * Prepares the replacing of words that name a company wherever they stand: in paths, names of files, audiences, scopes, programs.
 * Shape: `words` as `companyWords` gives them, to what stands for each. Case is passed over.
 * Cost:  one expression over the text for a thousand words.
 */
export function companyReplacer(words: ReadonlyMap<string, string>): (text: string) => string {
  const known = new Map([...words].map(([word, pseudonym]) => [keyOf(word), { word, pseudonym }]));
  const longestFirst = [...words.keys()].sort((a, b) => b.length - a.length);
  const patterns = Array.from({ length: Math.ceil(longestFirst.length / WORDS_AT_ONCE) }, (_, index) =>
    expressionOf(longestFirst.slice(index * WORDS_AT_ONCE, (index + 1) * WORDS_AT_ONCE)),
  );
  const replaced = (spelt: string, at: number, text: string): string => {
    const { word, pseudonym } = known.get(keyOf(spelt)) ?? { word: spelt, pseudonym: 'company' }; // letters that fold in ways of their own
    if (word.length >= INSIDE_LENGTH) return pseudonym;
    const end = at + spelt.length;
    return isSeam(text[at - 1] ?? ' ', spelt[0] ?? ' ') && isSeam(spelt.at(-1) ?? ' ', text[end] ?? ' ') ? pseudonym : spelt;
  };
  return (text) => patterns.reduce((done, pattern) => done.replace(pattern, replaced), text);
}
