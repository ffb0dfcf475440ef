import type { Expectations } from './expectation.ts';

export const haproxy: Expectations = {
  'haproxy/crowdsec-httplog.log': { format: 'haproxy-http', accepted: 2, rejected: 0, skipped: 3 },
  'haproxy/lnav-haproxy-mixed.log': { format: 'haproxy-http', accepted: 13, rejected: 0, skipped: 4 },
};
