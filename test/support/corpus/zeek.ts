import type { Expectations } from './expectation.ts';

export const zeek: Expectations = {};
