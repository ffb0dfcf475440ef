import type { Expectations } from './expectation.ts';

export const mitm: Expectations = {
  'mitm/flow-v10.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/flow-v11-despite-name.mitm': { format: 'mitmproxy', accepted: 2, rejected: 0, skipped: 0 },
  'mitm/flow-v19.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/flow-v7-transparent.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/flow-v7-websocket.mitm': { format: 'mitmproxy', accepted: 6, rejected: 0, skipped: 0 },
  'mitm/saved-badgzip.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/saved-error.mitm': { format: 'mitmproxy', accepted: 2, rejected: 0, skipped: 0 },
  'mitm/saved-incomplete.mitm': { format: 'mitmproxy', accepted: 4, rejected: 0, skipped: 0 },
  'mitm/saved-success.mitm': { format: 'mitmproxy', accepted: 2, rejected: 0, skipped: 0 },
  'mitm/v0.10.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/v0.11.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
  'mitm/v0.18.mitm': { format: 'mitmproxy', accepted: 1, rejected: 0, skipped: 0 },
};
