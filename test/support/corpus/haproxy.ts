import type { Expectations } from './expectation.ts';

export const haproxy: Expectations = {};
