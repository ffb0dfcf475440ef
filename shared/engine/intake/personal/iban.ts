/** Lengths of IBANs by country (SWIFT registry, release 97), the common ones; others count from 15 to 34. */
const LENGTHS: Readonly<Record<string, number>> = {
  AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21, HU: 28,
  IE: 22, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, TR: 26,
}; // prettier-ignore

const FORM = /^[A-Z]{2}\d{2}[A-Z0-9 ]{11,40}$/;
const START_IN_TEXT = /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9]{4}/g;

/** Beginnings that are tried in one text; sentences hold one or two. */
const MAX_TRIED = 32;

/** ISO 13616: right length for the country and a remainder of 1 modulo 97 with the first four letters moved to the end. */
export function isIban(value: string): boolean {
  if (!FORM.test(value)) return false;
  const text = value.replaceAll(' ', '');
  const expected = LENGTHS[text.slice(0, 2)];
  if (expected === undefined ? text.length < 15 || text.length > 34 : text.length !== expected) return false;
  let rest = 0;
  for (const letter of text.slice(4) + text.slice(0, 4)) rest = Number(String(rest) + String(Number.parseInt(letter, 36))) % 97;
  return rest === 1;
}

/** True when an IBAN of a country of known length stands in a text, in one piece or in groups. */
export function holdsIban(text: string): boolean {
  let tried = 0;
  for (const { index } of text.matchAll(START_IN_TEXT)) {
    tried += 1;
    if (tried > MAX_TRIED) return false;
    const length = LENGTHS[text.slice(index, index + 2)];
    if (length === undefined) continue;
    let compact = '';
    for (let at = index; at < text.length && compact.length < length; at += 1) {
      const letter = text.charAt(at);
      if (/[A-Z0-9]/.test(letter)) compact += letter;
      else if (letter !== ' ') break;
    }
    if (compact.length === length && isIban(compact)) return true;
  }
  return false;
}
