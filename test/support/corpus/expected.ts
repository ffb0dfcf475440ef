import type { Expectations } from './expectation.ts';

export const expected: Expectations = {};
