/** Least calls of each class of size in `ChainSizes`. */
export const SIZE_CLASSES = [2, 3, 6, 21, 101, 1001] as const;
