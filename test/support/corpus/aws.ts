import type { Expectations } from './expectation.ts';

export const aws: Expectations = {
  'aws/crowdsec-cloudfront-noheader.tsv': { format: 'cloudfront-plain', accepted: 2, rejected: 0, skipped: 0 },
  'aws/alpen-s3-access-with-bad-line.log': { format: 'aws-s3-access', accepted: 5, rejected: 0, skipped: 0 },
  'aws/crowdsec-alb.log': { format: 'aws-alb', accepted: 14, rejected: 0, skipped: 0 },
  'aws/crowdsec-cloudtrail-bruteforce.ndjson': { format: 'aws-cloudtrail', accepted: 6, rejected: 0, skipped: 0 },
  'aws/crowdsec-cloudtrail-lines.ndjson': { format: 'aws-cloudtrail', accepted: 2, rejected: 0, skipped: 0 },
};
