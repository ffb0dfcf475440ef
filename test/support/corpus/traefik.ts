import type { Expectations } from './expectation.ts';

export const traefik: Expectations = {};
