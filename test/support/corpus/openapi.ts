import type { Expectations } from './expectation.ts';

export const openapi: Expectations = {
  'openapi/crapi.json': { format: 'openapi', accepted: 44, rejected: 0, skipped: 0 },
  'openapi/oas30-callbacks.yaml': { format: 'openapi', accepted: 1, rejected: 0, skipped: 0 },
  'openapi/oas30-links.yaml': { format: 'openapi', accepted: 6, rejected: 0, skipped: 0 },
  'openapi/oas30-uspto.yaml': { format: 'openapi', accepted: 3, rejected: 0, skipped: 0 },
  'openapi/oas31-tictactoe.yaml': { format: 'openapi', accepted: 3, rejected: 0, skipped: 0 },
  'openapi/oas31-webhook.yaml': { format: 'openapi', accepted: 0, rejected: 0, skipped: 0 },
  'openapi/oas32-tags.yaml': { format: 'openapi', accepted: 4, rejected: 0, skipped: 0 },
  'openapi/swagger20-external-refs.json': { format: 'openapi', accepted: 4, rejected: 0, skipped: 0 },
  'openapi/swagger20-petstore-expanded.yaml': { format: 'openapi', accepted: 4, rejected: 0, skipped: 0 },
};
