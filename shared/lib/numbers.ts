/** The number at `index` of a typed array; NaN outside, which spoils any sum it enters, so that a bug shows. */
export const numberAt = (values: ArrayLike<number>, index: number): number => values[index] ?? NaN;
