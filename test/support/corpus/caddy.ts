import type { Expectations } from './expectation.ts';

export const caddy: Expectations = {};
