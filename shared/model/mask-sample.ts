/** Longer samples show no more of their form. Units: characters. */
const MAX_SAMPLE = 40;
/** Shorter ones keep no letter: the first would be too much of them. Units: letters and digits. */
const MIN_FOR_FIRST = 6;
/** Marks that make the form of a value and say nothing of it. */
const MARKS = new Set([...' .,;:@/\\-_+()[]{}<>|"\'%&=#*?!$€£¥~^']);
const DOT = '•';

/**
 * The form of a value without the value: every letter and digit is a dot but the first of a long one.
 * Example: `kira@example.test` → `k•••@•••••••.••••`, `1990-04-17` → `1•••-••-••`, `4.99` → `•.••`.
 */
export function maskSample(text: string): string {
  const letters = Array.from(text.slice(0, 4 * MAX_SAMPLE));
  const count = letters.filter((letter) => !MARKS.has(letter)).length;
  let kept = count >= MIN_FOR_FIRST ? 1 : 0;
  const masked = letters.slice(0, MAX_SAMPLE).map((letter) => {
    if (MARKS.has(letter)) return letter;
    kept -= 1;
    return kept === 0 ? letter : DOT;
  });
  return masked.join('') + (letters.length > MAX_SAMPLE ? '…' : '');
}
