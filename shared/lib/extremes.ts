/** The greatest of the values and `floor`; `floor` of none. For data of any length: arguments of a call end at some hundred thousand. */
export function greatest(values: Iterable<number>, floor = -Infinity): number {
  let most = floor;
  // As `Math.max` has it, so that one value that is no number is not passed over.
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** The least of the values and `ceiling`; `ceiling` of none. */
export function least(values: Iterable<number>, ceiling = Infinity): number {
  let fewest = ceiling;
  for (const value of values) fewest = Math.min(fewest, value);
  return fewest;
}
