import { AMONG_NAMES, SIGN_NAMES, signsAmong, signsOf, type Siblings, type Signs } from './word-signs.ts';
import { FIRST_LOOK, SECOND_LOOK } from './word-weights.ts';

const toWeights = (names: readonly string[], table: Readonly<Record<string, number>>): readonly number[] =>
  names.map((name) => table[name] ?? 0);
const FIRST = toWeights(SIGN_NAMES, FIRST_LOOK);
const SECOND = toWeights([...SIGN_NAMES, ...AMONG_NAMES], SECOND_LOOK);
/** Looks at the siblings: each changes what is thought of the others, and after three little changes any more. */
const LOOKS = 3;

function chance(weights: readonly number[], ...parts: readonly Signs[]): number {
  let odds = 0;
  let at = 0;
  for (const signs of parts) for (const sign of signs) odds += sign * (weights[at++] ?? 0);
  return 1 / (1 + Math.exp(-odds));
}

/**
 * How likely each word of a place is one of many values: from its own signs first, then from those of its siblings that seem to
 * be values and those that do not.
 * Shape: a chance from 0 to 1 for each of `siblings.all`.
 */
export function chancesOfValues(siblings: Siblings): readonly number[] {
  const own = signsOf(siblings);
  let chances = own.map((signs) => chance(FIRST, signs));
  for (let look = 0; look < LOOKS; look += 1) {
    const among = signsAmong(siblings, chances);
    chances = own.map((signs, index) => chance(SECOND, signs, among[index] ?? []));
  }
  return chances;
}
