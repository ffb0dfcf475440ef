import type { Exchange } from './exchange.ts';
import type { CallTruth } from './truth.ts';

/** What is true of a call, as it stands in the truth. */
export function toCallTruth(exchange: Exchange): CallTruth {
  const {
    id,
    at,
    hop,
    session,
    party,
    credential,
    method,
    host,
    operation,
    status,
    causes,
    label,
    echoes = [],
    requestId,
    trace,
    headers: { referer },
  } = exchange;
  return {
    id,
    at,
    hop,
    session,
    principal: party.id,
    kind: party.kind,
    method,
    host,
    status,
    ...(credential === undefined ? {} : { credential: credential.id, credentialKind: credential.kind }),
    ...(operation === undefined ? {} : { template: operation.path }),
    ...(causes.length === 0
      ? {}
      : {
          causes: causes.map(({ from, kind, fromAt, toAt }) => ({
            from: from.id,
            kind,
            ...(fromAt === undefined ? {} : { fromAt }),
            ...(toAt === undefined ? {} : { toAt }),
          })),
        }),
    ...(echoes.length === 0 || hop === 'inner' ? {} : { echoes: echoes.map((echo) => ({ ...echo, from: echo.from.id })) }),
    ids: { request: requestId, ...(trace === undefined ? {} : { trace: trace.traceId }) },
    ...(trace === undefined ? {} : { span: trace.spanId }),
    ...(trace?.parentSpanId === undefined ? {} : { parentSpan: trace.parentSpanId }),
    ...(referer === undefined || hop === 'inner' ? {} : { referer }),
    ...(label === undefined ? {} : { label }),
  };
}
