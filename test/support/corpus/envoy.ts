import type { Expectations } from './expectation.ts';

export const envoy: Expectations = {
  'envoy/crowdsec-crawl.log': { format: 'envoy-json', accepted: 41, rejected: 0, skipped: 0 },
};
