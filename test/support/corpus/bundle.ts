import type { Expectations } from './expectation.ts';

export const bundle: Expectations = {
  'bundle/alpen-ltsv.log.gz': { format: 'ltsv', accepted: 5, rejected: 0, skipped: 0 },
  'bundle/alpen-s3-access-logs.zip': { format: 'aws-s3-access', accepted: 15, rejected: 0, skipped: 0 },
  // Entries of a capture without `log.entries` are none: har-to-k6/example/page.har is refused.
  'bundle/k6-hars.zip': { format: 'har', accepted: 53, rejected: 0, skipped: 0 },
};
