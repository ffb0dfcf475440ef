import type { Expectations } from './expectation.ts';

export const aws: Expectations = {};
