import type { Expectations } from './expectation.ts';

export const envoy: Expectations = {
  'envoy/crowdsec-crawl.log': { format: 'envoy-json', accepted: 41, rejected: 0, skipped: 0 },
  'envoy/crowdsec-k8s-cri-prefix.log': { format: 'envoy-json', accepted: 10, rejected: 0, skipped: 0 },
};
