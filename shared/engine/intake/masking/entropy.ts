/** English text carries about this much; a word is guessed far more easily than its letters suggest. Units: bits a letter. */
const WORD_BITS = 2.3;

/** How often each letter stands in the text at hand, and which ones do; shared by all texts, since every value passes here. */
const counts = new Uint32Array(0x1_0000);
const seen = new Uint16Array(0x1_0000);

/**
 * Estimates how hard a text is to guess: its length times the smaller of what its alphabet and what its own letter
 * frequencies allow; letters that read as words count as words.
 * Example: `active` ≈ 14, `10023` ≈ 10, `3f9a77c0e1b2` ≈ 38, a random UUID ≈ 115. Units: bits.
 */
export function estimateBits(text: string): number {
  if (text.length === 0) return 0;
  let kinds = 0;
  let digits = 0;
  let lower = 0;
  let upper = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const count = counts[code] ?? 0;
    if (count === 0) seen[kinds++] = code;
    counts[code] = count + 1;
    if (code >= 48 && code <= 57) digits += 1;
    else if (code >= 97 && code <= 122) lower += 1;
    else if (code >= 65 && code <= 90) upper += 1;
  }
  const others = text.length - digits - lower - upper;
  const shannon = shannonOf(kinds, text.length);
  if (looksLikeWords(text, digits, upper, others)) return Math.round(text.length * WORD_BITS);
  const isHex = upper + lower > 0 && others === 0 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
  const alphabet = isHex ? 16 : (digits > 0 ? 10 : 0) + (lower > 0 ? 26 : 0) + (upper > 0 ? 26 : 0) + (others > 0 ? 8 : 0);
  // A short text cannot show its alphabet: `10023` has 4 different digits, yet 5 digits are 16 bits at most.
  return Math.round(text.length * Math.min(Math.log2(Math.max(alphabet, 2)), shannon + (text.length < 16 ? 0.6 : 0)));
}

/** Bits a letter of the counted text; empties the counts for the next one. */
function shannonOf(kinds: number, length: number): number {
  let shannon = 0;
  for (let at = 0; at < kinds; at += 1) {
    const code = seen[at] ?? 0;
    const share = (counts[code] ?? 0) / length;
    shannon -= share * Math.log2(share);
    counts[code] = 0;
  }
  return shannon;
}

/** Words: letters and the marks between them, capitals only where words begin. */
function looksLikeWords(text: string, digits: number, upper: number, others: number): boolean {
  if (digits > 0) return false;
  if (others > 0) return /^[\p{L}\s.,;:!?'"()/_-]+$/u.test(text);
  return upper === 0 || upper === text.length || (upper <= text.length / 4 && /^[A-Za-z][a-z]+(?:[A-Z][a-z]+)*$/.test(text));
}
