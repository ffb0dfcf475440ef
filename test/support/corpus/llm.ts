import type { Expectations } from './expectation.ts';

export const llm: Expectations = {};
