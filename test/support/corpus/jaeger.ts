import type { Expectations } from './expectation.ts';

const NO_CALLS = 'its spans have no tags of HTTP or RPC';

export const jaeger: Expectations = {
  'jaeger/es-span.json': { format: 'jaeger', accepted: 0, rejected: 0, skipped: 1, explained: NO_CALLS },
  'jaeger/otlp2jaeger-in.json': { format: 'otlp-traces', accepted: 0, rejected: 0, skipped: 2, explained: NO_CALLS },
  'jaeger/otlp2jaeger-out.json': { format: 'jaeger', accepted: 0, rejected: 0, skipped: 2, explained: NO_CALLS },
  'jaeger/ui-trace.json': { format: 'jaeger', accepted: 0, rejected: 0, skipped: 5, explained: NO_CALLS },
};
