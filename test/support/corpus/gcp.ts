import type { Expectations } from './expectation.ts';

export const gcp: Expectations = {};
