import type { Expectations } from './expectation.ts';

export const mcp: Expectations = {};
