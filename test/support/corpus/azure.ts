import type { Expectations } from './expectation.ts';

export const azure: Expectations = {};
