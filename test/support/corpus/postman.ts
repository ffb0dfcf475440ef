import type { Expectations } from './expectation.ts';

export const postman: Expectations = {};
