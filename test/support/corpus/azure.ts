import type { Expectations } from './expectation.ts';

export const azure: Expectations = {
  'azure/otelcontrib-appgw-access.json': { format: 'azure-app-gateway', accepted: 6, rejected: 0, skipped: 0 },
  'azure/otelcontrib-frontdoor-access.json': { format: 'azure-front-door', accepted: 1, rejected: 0, skipped: 0 },
};
