import type { Expectations } from './expectation.ts';

export const mitm: Expectations = {};
