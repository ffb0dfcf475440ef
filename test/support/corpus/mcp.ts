import type { Expectations } from './expectation.ts';

export const mcp: Expectations = {
  'mcp/inspector-history.json': { format: 'mcp-inspector-history', accepted: 2, rejected: 0, skipped: 0 },
  'mcp/inspector-network.json': { format: 'mcp-inspector-network', accepted: 4, rejected: 0, skipped: 0 },
  'mcp/mcp-schema-examples.tar.gz': { format: 'mcp-jsonrpc-lines', accepted: 32, rejected: 0, skipped: 0 },
};
