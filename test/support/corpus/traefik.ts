import type { Expectations } from './expectation.ts';

export const traefik: Expectations = {
  'traefik/crowdsec-clf.log': { format: 'traefik-clf', accepted: 7, rejected: 0, skipped: 0 },
};
