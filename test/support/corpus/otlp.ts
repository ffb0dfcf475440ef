import type { Expectations } from './expectation.ts';

export const otlp: Expectations = {
  'otlp/jaeger-otel-traces.json': {
    format: 'otlp-traces',
    accepted: 0,
    rejected: 0,
    skipped: 4,
    explained: 'its four spans are neither HTTP nor RPC, no model and no tool',
  },
  'otlp/lnav-otel-logs.jsonl': { format: undefined, accepted: 0, rejected: 0, skipped: 0, explained: 'logs of OpenTelemetry are no calls' },
  'otlp/proto-example-logs.json': {
    format: undefined,
    accepted: 0,
    rejected: 0,
    skipped: 0,
    explained: 'logs of OpenTelemetry are no calls',
  },
  'otlp/proto-example-trace.json': {
    format: 'otlp-traces',
    accepted: 0,
    rejected: 0,
    skipped: 1,
    explained: 'its span is no HTTP, no RPC, no model and no tool',
  },
};
