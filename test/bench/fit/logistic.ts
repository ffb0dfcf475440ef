import { seededRandom } from '#test/support/large/random.ts';

/** An example: its signs, what it is (1 or 0), and how much it counts. */
export interface Example {
  readonly signs: readonly number[];
  readonly is: number;
  readonly weight: number;
}

const BATCH = 256;
const RATE = 0.02;
const LEAST_RATE = 0.001;
/** Pulls weights towards nothing. */
const SHRINK = 1e-4;
const [KEEP, KEEP_SQUARE] = [0.9, 0.999] as const;

const dot = (weights: ArrayLike<number>, signs: readonly number[]): number =>
  signs.reduce((sum, sign, index) => sum + sign * (weights[index] ?? 0), 0);
export const chanceOf = (weights: ArrayLike<number>, signs: readonly number[]): number => 1 / (1 + Math.exp(-dot(weights, signs)));

function shuffle(count: number, seed: string): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => ({ index, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
}

/**
 * Weights of a logistic regression, by Adam over shuffled batches; the same examples give the same weights.
 * Source: Kingma & Ba, Adam, 2015, algorithm 1.
 */
export function fit(examples: readonly Example[], epochs: number): readonly number[] {
  const size = examples[0]?.signs.length ?? 0;
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffle(examples.length, `epoch ${String(epoch)}`);
    const rate = RATE * (1 - epoch / epochs) + LEAST_RATE;
    for (let start = 0; start < order.length; start += BATCH) {
      const gradient = new Float64Array(size);
      let total = 0;
      for (const at of order.slice(start, start + BATCH)) {
        const example = examples[at];
        if (example === undefined) continue;
        const error = (chanceOf(weights, example.signs) - example.is) * example.weight;
        total += example.weight;
        example.signs.forEach((sign, index) => {
          gradient[index] = (gradient[index] ?? 0) + error * sign;
        });
      }
      step += 1;
      for (let index = 0; index < size; index += 1) {
        const weight = weights[index] ?? 0;
        const slope = (gradient[index] ?? 0) / total + SHRINK * weight;
        mean[index] = KEEP * (mean[index] ?? 0) + (1 - KEEP) * slope;
        square[index] = KEEP_SQUARE * (square[index] ?? 0) + (1 - KEEP_SQUARE) * slope * slope;
        const drift = (mean[index] ?? 0) / (1 - KEEP ** step);
        weights[index] = weight - (rate * drift) / (Math.sqrt((square[index] ?? 0) / (1 - KEEP_SQUARE ** step)) + 1e-8);
      }
    }
  }
  return [...weights];
}
