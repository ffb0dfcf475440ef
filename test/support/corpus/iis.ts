import type { Expectations } from './expectation.ts';

export const iis: Expectations = {
  'iis/crowdsec-etw-events.xml': { format: 'iis-etw', accepted: 1, rejected: 0, skipped: 0 },
};
