import type { Expectations } from './expectation.ts';

export const gcp: Expectations = {
  'gcp/otelcontrib-https-lb.json': { format: 'gcp-load-balancer', accepted: 1, rejected: 0, skipped: 0 },
};
