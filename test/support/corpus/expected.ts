import type { Expectations } from './expectation.ts';

export const expected: Expectations = {
  'expected/crowdsec-aws-alb-logs.parser.assert': {
    format: undefined,
    accepted: 0,
    rejected: 0,
    skipped: 0,
    explained: "what another parser expects of aws/crowdsec-alb.log, as text; aws-alb's test compares it field by field",
  },
};
