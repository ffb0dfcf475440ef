import type { Expectations } from './expectation.ts';

export const traefik: Expectations = {
  'traefik/crowdsec-attack.ndjson': { format: 'traefik-json', accepted: 80, rejected: 0, skipped: 0 },
  'traefik/crowdsec-json.ndjson': { format: 'traefik-json', accepted: 6, rejected: 1, skipped: 0 },
  'traefik/crowdsec-clf.log': { format: 'traefik-clf', accepted: 7, rejected: 0, skipped: 0 },
};
