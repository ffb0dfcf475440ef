import type { Expectations } from './expectation.ts';

export const access: Expectations = {
  'access/alpen-ltsv-with-bad-line.log': { format: 'ltsv', accepted: 4, rejected: 1, skipped: 0 },
  'access/crowdsec-bunkerweb-malformed.log': { format: 'bunkerweb', accepted: 12, rejected: 0, skipped: 0 },
  'access/crowdsec-nginx-proxy-manager.log': { format: 'nginx-proxy-manager', accepted: 12, rejected: 0, skipped: 2 },
  'access/crowdsec-rfc5424-wrapped-nginx.log': { format: undefined, accepted: 0, rejected: 0, skipped: 0 },
  'access/crowdsec-zoraxy.log': { format: 'zoraxy', accepted: 13, rejected: 0, skipped: 0 },
  'access/elastic-apache-10k.log': { format: 'access-combined', accepted: 10000, rejected: 0, skipped: 0 },
  'access/lnav-syslog-wrapped.log': { format: 'access-common', accepted: 2, rejected: 0, skipped: 3 },
  'access/lnav-uwsgi.log': { format: 'uwsgi', accepted: 19, rejected: 0, skipped: 0 },
  'access/crowdsec-apache2-malformed.log': { format: 'access-combined', accepted: 11, rejected: 0, skipped: 0 },
  'access/crowdsec-apache2.log': { format: 'access-combined', accepted: 7, rejected: 0, skipped: 2 },
  'access/crowdsec-litespeed.log': { format: 'access-combined', accepted: 1, rejected: 0, skipped: 2 },
  'access/crowdsec-nginx-malformed.log': { format: 'access-combined', accepted: 12, rejected: 0, skipped: 0 },
  'access/crowdsec-nginx.log': { format: 'access-combined', accepted: 7, rejected: 1, skipped: 1 },
  'access/lnav-common-combined.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'access/lnav-one-bad-line.log': { format: 'access-combined', accepted: 2, rejected: 1, skipped: 0 },
  'access/lnav-vhost-prefixed-us.log': { format: 'access-combined', accepted: 2, rejected: 0, skipped: 0 },
};
