/** Lanczos coefficients, g = 7. Source: Godfrey (2001), "A note on the computation of the convergent Lanczos complex Gamma approximation". */
const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]; // prettier-ignore

/** Terms of a tail that are added before the rest is too small to count. */
const MAX_TERMS = 100_000;
/** Below this share of the sum a further term changes nothing. */
const NEGLIGIBLE = 1e-12;

/** Natural logarithm of the gamma function, for x above 0. Error below 1e-13. */
export function logGamma(x: number): number {
  const z = x - 1;
  const sum = LANCZOS.reduce((total, coefficient, index) => total + coefficient / (z + index + 1), LANCZOS_FIRST);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Natural logarithm of the Poisson or, where `size` is finite, negative-binomial probability of exactly `count`. */
function logProbability(count: number, mean: number, size: number): number {
  if (!Number.isFinite(size)) return count * Math.log(mean) - mean - logGamma(count + 1);
  return (
    logGamma(count + size) -
    logGamma(size) -
    logGamma(count + 1) +
    size * Math.log(size / (size + mean)) +
    count * Math.log(mean / (size + mean))
  );
}

/**
 * How rare at least `count` events are where `mean` are expected, as −log10 of the probability: 0 for what is usual, 6 for one in a
 * million. `size` is the negative binomial's: the variance is mean + mean²/size; Infinity makes it Poisson.
 * Example: 10 where 1 is expected, Poisson: P = 1.1e-7, so 6.95.
 * Cost: the terms of the tail, few of them above the mean.
 * Source: upper tail summed from its first term by the ratio of neighbours (Johnson, Kotz & Kemp, "Univariate Discrete Distributions", 5.1).
 */
export function countSurprise(count: number, mean: number, size: number): number {
  if (count <= mean || count === 0) return 0;
  const share = Number.isFinite(size) ? mean / (size + mean) : 0;
  let term = 1;
  let sum = 1;
  for (let k = count; k < count + MAX_TERMS; k += 1) {
    term *= Number.isFinite(size) ? ((k + size) / (k + 1)) * share : mean / (k + 1);
    sum += term;
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.max(0, -(logProbability(count, mean, size) + Math.log(sum)) / Math.LN10);
}

/**
 * Probability of `hits` or more of `trials` where the share itself is only known as so many hits and misses from before: the tail of the
 * beta-binomial distribution. Shape: `before` above 0 each; whole numbers else.
 * Example: one hit and one miss from before make every count as likely: 3 or more of 4 have 0.4.
 * Source: Johnson, Kemp & Kotz, "Univariate Discrete Distributions", 6.2.2. Cost: one term for each count from `hits` on.
 */
export function betaBinomialTail(hits: number, trials: number, before: { readonly hits: number; readonly misses: number }): number {
  const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
  const base = logGamma(trials + 1) - logBeta(before.hits, before.misses);
  let tail = 0;
  for (let count = hits; count <= trials; count += 1) {
    const ways = base - logGamma(count + 1) - logGamma(trials - count + 1);
    const term = Math.exp(ways + logBeta(count + before.hits, trials - count + before.misses));
    tail += term;
    if (term < NEGLIGIBLE * tail && count > hits + (trials - hits) / 2) break;
  }
  return Math.min(1, tail);
}
