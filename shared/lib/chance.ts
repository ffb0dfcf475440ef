/** Numbers that look drawn, 0 ≤ n < 1, and are the same on every machine. */
export type Chance = () => number;

/**
 * A sequence of its own for a seed. Not for anything that has to be secret.
 * Source: the linear congruential generator of Numerical Recipes (Press et al. 2007, 7.1), modulus 2³². d3-random has the same one, but is only to be had
 * with what draws pictures.
 */
export function createChance(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
