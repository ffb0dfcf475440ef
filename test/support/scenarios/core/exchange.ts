import type { Operation } from './api.ts';
import type { Credential, Party } from './party.ts';
import type { Json } from './store.ts';

/** W3C trace context of one request. */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
}

/** How one request led to another, as it happened. */
export type CauseKind = 'call' | 'value' | 'credential' | 'redirect' | 'pagination' | 'rpc';

export interface Cause {
  readonly from: Exchange;
  readonly kind: CauseKind;
  /** Where in the earlier answer and in the later request, as in `report.json`; only of values. */
  readonly fromAt?: string;
  readonly toAt?: string;
}

/** A value of an earlier answer of the session that stands in this request too, wherever the program had it from. */
export interface Echo {
  readonly from: Exchange;
  readonly fromAt: string;
  readonly toAt: string;
}

/** Why a request is in the scenario when it is not ordinary traffic. */
export interface Label {
  readonly kind: 'incident' | 'trap';
  /** Id of the incident or the trap. */
  readonly id: string;
  /** `evidence` must be named by a finding, `context` may be, as calls between services; only of incidents. */
  readonly role: 'evidence' | 'context';
}

/** Where the request goes besides the company's own hosts. */
export interface Foreign {
  readonly host: string;
  readonly path: string;
  readonly address: string;
}

/** One request and its answer, as they really were. Units: epoch ms with fractions, ms, bytes. */
export interface Exchange {
  /** Stable between runs and forms; never stands in the evidence. */
  readonly id: string;
  readonly session: string;
  readonly at: number;
  readonly durationMs: number;
  /** `client` comes from outside to an edge, `inner` goes from one service to another. */
  readonly hop: 'client' | 'inner';
  readonly operation: Operation | undefined;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly query: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly party: Party;
  readonly credential: Credential | undefined;
  /** Of the request, names in lower case, without trace context and request id. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestBody: Json | undefined;
  /** Only where somebody records or reads it. */
  readonly responseBody: Json | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly trace: Trace | undefined;
  /** Address of who sends it on this hop, and of who answers. */
  readonly from: string;
  readonly to: string;
  readonly service: string | undefined;
  readonly parent: Exchange | undefined;
  readonly causes: readonly Cause[];
  readonly echoes?: readonly Echo[];
  readonly label: Label | undefined;
}
