import type { Expectations } from './expectation.ts';

export const iis: Expectations = {};
