import type { Expectations } from './expectation.ts';

export const access: Expectations = {
  'access/crowdsec-apache2-malformed.log': { format: 'access-combined', accepted: 11, rejected: 0, skipped: 0 },
  'access/crowdsec-apache2.log': { format: 'access-combined', accepted: 7, rejected: 0, skipped: 2 },
  'access/crowdsec-litespeed.log': { format: 'access-combined', accepted: 1, rejected: 0, skipped: 2 },
  'access/crowdsec-nginx-malformed.log': { format: 'access-combined', accepted: 12, rejected: 0, skipped: 0 },
  'access/crowdsec-nginx.log': { format: 'access-combined', accepted: 7, rejected: 1, skipped: 1 },
  'access/lnav-common-combined.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'access/lnav-one-bad-line.log': { format: 'access-combined', accepted: 2, rejected: 1, skipped: 0 },
  'access/lnav-vhost-prefixed-us.log': { format: 'access-combined', accepted: 2, rejected: 0, skipped: 0 },
};
