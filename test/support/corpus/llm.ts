import type { Expectations } from './expectation.ts';

export const llm: Expectations = {
  'llm/litellm-spendlog.json': { format: 'litellm-spend', accepted: 1, rejected: 0, skipped: 0 },
};
