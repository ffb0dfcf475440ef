/** Sum of digits times weights. Example: `123`, weights 3 2 1 → 3 + 4 + 3 = 10. */
export const weightedSum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0);

/** True when month and day can be a date's; years are not looked at, so 29 February always counts. */
export const isMonthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;
