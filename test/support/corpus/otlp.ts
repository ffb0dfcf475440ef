import type { Expectations } from './expectation.ts';

export const otlp: Expectations = {};
