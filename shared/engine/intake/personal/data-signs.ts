/**
 * How much one value says about its field. Intake notes what it saw value by value; the endpoints pass decides over all of them.
 * - `sure`:    the field's name promises the type and the value keeps it, or the value proves itself.
 * - `inside`:  proves itself inside a longer text; one is enough, most texts hold none.
 * - `form`:    looks like it, but so do other things: only nearly all values of a field together tell.
 * - `passage`: looks like it inside a longer text.
 * - `beside`:  counts when other fields of the same object are about a person or, for sums, name a currency.
 */
export type SignStrength = 'sure' | 'inside' | 'form' | 'passage' | 'beside';

const MARKS: Readonly<Record<SignStrength, string>> = { sure: '', inside: ' inside', form: '?', passage: '? inside', beside: ' beside' };

/** A type with its strength as the case keeps it: `phone`, `phone?`, `phone inside`. */
export const printSign = (type: string, strength: SignStrength): string => type + MARKS[strength];

/** The inverse of `printSign`. */
export function parseSign(text: string): { readonly type: string; readonly strength: SignStrength } {
  for (const strength of ['passage', 'inside', 'beside', 'form'] as const) {
    const mark = MARKS[strength];
    if (text.endsWith(mark)) return { type: text.slice(0, -mark.length), strength };
  }
  return { type: text, strength: 'sure' };
}
