import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallRow, ChainDetail } from '#shared/contract/rows.ts';

/** A call of a chain in few words; others as a gateway writes them. */
export const chainCall = (ref: string, more: Partial<CallRow> = {}): CallRow => ({
  id: Number(ref.slice(ref.lastIndexOf('#') + 1)),
  ref,
  time: '2026-10-01T00:00:00.000000Z',
  timeKind: 'start',
  durationMs: 12.5,
  method: 'GET',
  host: 'api.acme.test',
  path: '/v1/orders/7',
  endpoint: 'GET api.acme.test/v1/orders/{id}',
  status: 200,
  format: 'kong-json',
  findings: 0,
  ...more,
});

/** An edge of a chain; by a value unless said otherwise. */
export const chainEdge = (from: string, to: string, more: Partial<EdgeJson> = {}): EdgeJson => ({
  from,
  to,
  kind: 'value',
  kinds: ['value'],
  fromAt: 'response $.id',
  toAt: 'path {id}',
  confidence: 0.97,
  why: 'response $.id → path {id}',
  ...more,
});

/** A chain of these calls and edges. */
export const chainDetail = (calls: readonly CallRow[], edges: readonly EdgeJson[]): ChainDetail => ({
  chain: {
    id: calls[0]?.ref ?? '',
    root: calls[0]?.ref ?? '',
    title: `bot: ${String(calls.length)} calls`,
    signature: 's',
    depth: 1,
    start: '2026-10-01T00:00:00.000000Z',
    hops: 0,
    callCount: calls.length,
    edgeCounts: {},
    hosts: ['api.acme.test'],
    findings: [],
    failed: 0,
  },
  calls,
  edges,
  truncated: false,
});
