import type { Expectations } from './expectation.ts';

export const jaeger: Expectations = {};
