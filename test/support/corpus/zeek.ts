import type { Expectations } from './expectation.ts';

export const zeek: Expectations = {
  'zeek/lnav-bro-http.log': { format: 'zeek-http', accepted: 197, rejected: 0, skipped: 0 },
  'zeek/zeek-basic-auth.log': { format: 'zeek-http', accepted: 1, rejected: 0, skipped: 0 },
  'zeek/zeek-desync.log': { format: 'zeek-http', accepted: 7, rejected: 0, skipped: 0 },
  'zeek/zeek-full.log': { format: 'zeek-http', accepted: 14, rejected: 0, skipped: 0 },
  'zeek/zeek-methods.log': { format: 'zeek-http', accepted: 49, rejected: 0, skipped: 0 },
  'zeek/zeek-odd-url-escapes.log': { format: 'zeek-http', accepted: 1, rejected: 0, skipped: 0 },
  'zeek/zeek-percent-eol.log': { format: 'zeek-http', accepted: 2, rejected: 0, skipped: 0 },
  'zeek/zeek-pipelining.log': { format: 'zeek-http', accepted: 5, rejected: 0, skipped: 0 },
  'zeek/zeek-teredo-ipv6.log': { format: 'zeek-http', accepted: 4, rejected: 0, skipped: 0 },
  'zeek/zeek-version-mismatch.log': { format: 'zeek-http', accepted: 2, rejected: 0, skipped: 0 },
};
