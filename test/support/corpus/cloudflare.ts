import type { Expectations } from './expectation.ts';

export const cloudflare: Expectations = {};
