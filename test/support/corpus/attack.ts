import type { Expectations } from './expectation.ts';

export const attack: Expectations = {
  'attack/crowdsec-wordpress-login-bf.log': { format: 'access-combined', accepted: 9, rejected: 0, skipped: 0 },
  'attack/crowdsec-admin-probing.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'attack/crowdsec-apache-probing.log': { format: 'access-common', accepted: 77, rejected: 0, skipped: 0 },
  'attack/crowdsec-dos-bypass-cache.log': { format: 'access-combined', accepted: 356, rejected: 0, skipped: 0 },
  'attack/crowdsec-dos-switching-ua.log': { format: 'access-combined', accepted: 15, rejected: 0, skipped: 0 },
  'attack/crowdsec-generic-bf.log': { format: 'access-combined', accepted: 6, rejected: 0, skipped: 16 },
  'attack/crowdsec-log4shell.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'attack/crowdsec-path-traversal.log': { format: 'access-combined', accepted: 9, rejected: 0, skipped: 0 },
  'attack/crowdsec-sqli-probing.log': { format: 'access-combined', accepted: 16, rejected: 0, skipped: 0 },
  'attack/crowdsec-xss-probing.log': { format: 'access-combined', accepted: 26, rejected: 0, skipped: 0 },
};
