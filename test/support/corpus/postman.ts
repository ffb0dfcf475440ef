import type { Expectations } from './expectation.ts';

export const postman: Expectations = {
  'postman/crapi.postman_collection.json': { format: 'postman', accepted: 49, rejected: 0, skipped: 0 },
  'postman/elastic-kibana-detections.postman_collection.json': { format: 'postman', accepted: 21, rejected: 0, skipped: 0 },
};
