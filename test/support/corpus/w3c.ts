import type { Expectations } from './expectation.ts';

export const w3c: Expectations = {};
