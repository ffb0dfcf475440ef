import type { Expectations } from './expectation.ts';

export const caddy: Expectations = {
  'caddy/crowdsec-access.ndjson': { format: 'caddy-json', accepted: 10, rejected: 0, skipped: 1 },
  'caddy/crowdsec-basic-auth-bf.ndjson': { format: 'caddy-json', accepted: 6, rejected: 0, skipped: 0 },
  'caddy/lnav-docker-compose-prefix.log': { format: 'caddy-json', accepted: 4, rejected: 0, skipped: 35 },
};
