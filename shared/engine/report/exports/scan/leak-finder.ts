import { createRecent } from '../../../intake/recent.ts';
import { isCardNumber } from '../../../intake/personal/card-number.ts';
import { isPlaceholder } from '../../../intake/masking/placeholder.ts';
import { scanText } from '../../../intake/masking/scan-text.ts';
import { PEM_PATTERN } from '../../../intake/masking/secret-patterns.ts';
import type { CryptoPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { companyReplacer } from '../../profile/replace-companies.ts';
import { isSearchable, nameReplacer, namesIn } from '../../profile/replace-names.ts';
import { viewDecoder } from './decoded-views.ts';
import { knownSecrets } from './known-secrets.ts';

/** What stands in an export and may not. `what` names the kind, never the text. */
export interface Leak {
  readonly what: string;
}

/** What a leak is called that is a name or a word of a company. */
export const NAME_LEAK = 'a name that was to be redacted';

/** What a leak is called that the evidence shows as a credential in another place, where its name gave it away. */
export const KNOWN_LEAK = 'a secret of the evidence';

/** What a leak is called that only a case may show: the keyed hash in a mask. */
export const FINGERPRINT_LEAK = 'a fingerprint of a secret';

/** What was to be taken out of an export. */
export interface Redacted {
  /** Searched as whole words, as they are spelt. */
  readonly forbidden: readonly string[];
  /** Words of companies, searched in any case, long ones inside of other words as well. */
  readonly companies: readonly string[];
}

const NOTHING: Redacted = { forbidden: [], companies: [] };

/** Looks through a text for what may not leave the case; `undefined` when there is nothing. */
export type LeakFinder = (text: string) => Leak | undefined;

/** Spans whose ids are remembered: the same come again in every line. */
const REMEMBERED = 50_000;
const FINGERPRINT = /fp:[0-9a-f]{12}/;
const CARD = /(?<![\d.A-Za-z_:-])\d{14,16}(?![\d.A-Za-z_-])/g;

/** Kind of the first secret that its form gives away. `isSpan` tells the ids of spans among the numbers with a card's form. */
function byForm(view: string, isSpan: (digits: string) => boolean): string | undefined {
  const scan = scanText(view);
  const found = scan.secrets.find(({ start, end }) => !isPlaceholder(view.slice(start, end)));
  if (found !== undefined) return found.type;
  if (view.includes('PRIVATE KEY') && view.match(PEM_PATTERN) !== null) return 'private-key';
  if (scan.mayHoldCard) for (const [digits] of view.matchAll(CARD)) if (isCardNumber(digits) && !isSpan(digits)) return 'payment-card';
  return undefined;
}

/** A number of so few digits stands among counts and sizes by chance: of a thousand callers by number one always does. */
const SHORT_NUMBER = /^\d{1,8}$/;

/** True for a name that no sentence of ours has by chance: digits, dots, dashes or capitals inside, and no short number. */
const isTelling = (name: string): boolean =>
  name.length >= 4 && isSearchable(name) && !SHORT_NUMBER.test(name) && /[^a-z]/.test(name.slice(1));

/**
 * Makes the search for names alone. Plain words (`gateway`, `checkout`) and short numbers are passed over: they stand in our own
 * sentences and figures, too, and would stop every export.
 */
function createNameFinder({ forbidden, companies }: Redacted): (text: string) => boolean {
  const withoutNames = nameReplacer(new Map(forbidden.filter(isTelling).map((name) => [name, ''])));
  const withoutCompanies = companyReplacer(new Map(companies.map((word) => [word, ''])));
  return (text) => withoutNames(text) !== text || withoutCompanies(text) !== text;
}

/**
 * What is left of a search for names without those that stand in a text, each judged alone.
 * Cost: the text once for all names, and once for each company when one of them stands there.
 */
export function withoutNamesOf(text: string, { forbidden, companies }: Redacted): Redacted {
  const found = namesIn(forbidden.filter(isTelling), text);
  const holdsCompany = (words: readonly string[]): boolean => createNameFinder({ forbidden: [], companies: words })(text);
  return {
    forbidden: forbidden.filter((name) => !found.has(name)),
    companies: holdsCompany(companies) ? companies.filter((word) => !holdsCompany([word])) : companies,
  };
}

/**
 * Makes the search for leaks of one case: secrets that their form gives away, secrets of the case by their fingerprints (their texts are
 * not kept), fingerprints themselves, and names that were to be taken out.
 * Secrets that only a name beside them gives away (`password=…`) are not looked for: exports have such names of their own, and what stood
 * beside them in the evidence is a mask since the import.
 * Cost:   linear in the text; one look through the calls for each number that has a card's form.
 */
export function createLeakFinder(db: SqlDriver, crypto: CryptoPort, redacted: Redacted = NOTHING): LeakFinder {
  const known = knownSecrets(db, crypto);
  // Ids of spans are sixteen hexadecimal digits: one in ten thousand of them reads as a card's number, and a case has many thousands.
  const span = db.prepare('SELECT 1 FROM call WHERE span_id = ? OR parent_span_id = ? LIMIT 1');
  const spans = createRecent(REMEMBERED, (digits) => span.get(digits, digits) !== undefined);
  const decode = viewDecoder();
  const holdsName = createNameFinder(redacted);
  return (text) => {
    for (const view of decode(text)) {
      const form = byForm(view, (digits) => spans.get(digits));
      if (form !== undefined) return { what: `a secret (${form})` };
      if (FINGERPRINT.test(view)) return { what: FINGERPRINT_LEAK };
      if (known.standIn(view)) return { what: KNOWN_LEAK };
      if (holdsName(view)) return { what: NAME_LEAK };
    }
    return undefined;
  };
}
