import type { Expectations } from './expectation.ts';

export const w3c: Expectations = {
  'w3c/lnav-comment-in-directive.log': { format: 'w3c-extended', accepted: 1, rejected: 0, skipped: 0 },
  'w3c/lnav-iis-advanced.log': { format: 'w3c-extended', accepted: 3, rejected: 0, skipped: 0 },
  'w3c/lnav-iis85.log': { format: 'w3c-extended', accepted: 210, rejected: 0, skipped: 0 },
  'w3c/lnav-incapsula.log': { format: 'w3c-extended', accepted: 2, rejected: 0, skipped: 0 },
};
