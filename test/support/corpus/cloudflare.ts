import type { Expectations } from './expectation.ts';

export const cloudflare: Expectations = {
  'cloudflare/lnav-http-requests-ns.ndjson': { format: 'cloudflare-http', accepted: 15, rejected: 0, skipped: 0 },
  'cloudflare/lnav-http-requests-rfc3339.ndjson': { format: 'cloudflare-http', accepted: 1, rejected: 0, skipped: 0 },
};
