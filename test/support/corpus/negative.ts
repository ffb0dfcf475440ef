import type { Expectations } from './expectation.ts';

export const negative: Expectations = {
  'negative/lnav-ecs-app.ndjson': {
    format: undefined,
    accepted: 0,
    rejected: 0,
    skipped: 0,
    explained: 'an application log: its records are no calls',
  },
};
