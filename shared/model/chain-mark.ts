/** What chains of a list may be narrowed to: those with a failed call, and those with a call that is evidence of an incident. */
export const CHAIN_MARKS = ['failed', 'incident'] as const;
export type ChainMark = (typeof CHAIN_MARKS)[number];
