import type { OperationContract } from './operation-contract.ts';
import type { DurationMs, EpochMicros } from './units.ts';

/** Place of a record in its source. Units: bytes from the start of the source, after decompression. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

export type TimeKind = 'start' | 'end' | 'unknown';

/** What a record without a status says of its answer: done, not allowed, or failed for another reason. */
export type CallOutcome = 'given' | 'denied' | 'failed';

export type Header = readonly [name: string, value: string];

/** A body as the evidence holds it. */
export interface ImportedBody {
  readonly text: string | undefined;
  readonly mime: string | undefined;
  /** `base64` when `text` is not the text itself. */
  readonly encoding: 'text' | 'base64';
  /** Units: bytes on the wire or decoded, as the source says; undefined when it does not. */
  readonly bytes: number | undefined;
  readonly note: string | undefined;
}

/**
 * One request and its response, as an importer read it: nothing interpreted, secrets still in clear.
 * It never reaches the store like this: `intake` masks it first. Absent is `undefined`; never `-`, `""` or 0 instead.
 */
export interface ImportedCall {
  readonly time?: EpochMicros | undefined;
  readonly timeText?: string | undefined;
  readonly timeKind: TimeKind;
  /** True when the time's zone stood in the data. */
  readonly zoneKnown: boolean;
  readonly durationMs?: DurationMs | undefined;
  readonly method?: string | undefined;
  readonly scheme?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Raw path as sent, not decoded, without the query. Malformed request text stands here whole, with no method. */
  readonly path?: string | undefined;
  /** Raw query without `?`. */
  readonly query?: string | undefined;
  readonly status?: number | undefined;
  /** Read only where there is no status. */
  readonly outcome?: CallOutcome | undefined;
  /** True where the source records operations of an API and no HTTP: `path` is `/`, the operation's name, and what it was done to. */
  readonly isOperation?: boolean | undefined;
  readonly reqBytes?: number | undefined;
  readonly resBytes?: number | undefined;
  readonly clientIp?: string | undefined;
  readonly forwardedFor?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  readonly requestHeaders?: readonly Header[] | undefined;
  readonly responseHeaders?: readonly Header[] | undefined;
  /** Headers that a gateway sent to its back end: those that it wrote of the caller that it let in, and the client's own that it forwarded, which tell nothing. */
  readonly backendHeaders?: readonly Header[] | undefined;
  readonly requestBody?: ImportedBody | undefined;
  readonly responseBody?: ImportedBody | undefined;
  /** The gateway's name for the caller: consumer, app, user of the log line. Not a secret. */
  readonly consumer?: string | undefined;
  /** The gateway's id of the credential used. Not a secret. */
  readonly credentialId?: string | undefined;
  /** The handle of the session that the caller was in, where the record names it: with some products it is as good as the session's cookie. */
  readonly sessionId?: string | undefined;
  /** The platform's account by whose right a program acted, where the record names neither key nor session: all that can be told apart, and disabled. Not a secret. */
  readonly programIdentity?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
  readonly requestId?: string | undefined;
  /** `host:port` or address that the call was passed on to. */
  readonly upstream?: string | undefined;
  readonly route?: string | undefined;
  readonly service?: string | undefined;
  readonly tool?: string | undefined;
  readonly contentType?: string | undefined;
  /** URL of the script, page or call that caused this one (HAR `_initiator`). */
  readonly initiatorUrl?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly timings?: readonly (readonly [phase: string, ms: number])[] | undefined;
  /** What else the record says and no field holds: response flags, resource type, page. */
  readonly extras?: readonly Header[] | undefined;
  /** The record's own text for line formats; undefined where the other fields hold all of it (HAR). */
  readonly rawText?: string | undefined;
}

/** One operation of an API description. */
export interface ImportedOperation {
  readonly method: string;
  /** Template with `{name}` parameters, without the server's base path. */
  readonly path: string;
  readonly operationId?: string | undefined;
  readonly summary?: string | undefined;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** One inner list per alternative; scopes needed together. Empty outer list: no security. */
  readonly security: readonly { readonly scheme: string; readonly scopes: readonly string[] }[];
  /** True when the description says that a credential is needed. */
  readonly secured: boolean;
  /** Names of request and response properties, for classification by name. */
  readonly requestFields: readonly string[];
  readonly responseFields: readonly string[];
  /** What is promised of requests and answers; absent where the source has no schemas. */
  readonly contract?: OperationContract | undefined;
}

/** A span that is no call: what a program did between the call that it answered and those that it made. */
export interface InnerSpan {
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  /** Who sent the span: calls that another service made in answer are that service's. */
  readonly service?: string | undefined;
}

/** What a tracing tool says of a run as a whole, apart from the calls in it: its export may hold the two in files of their own. */
export interface ImportedTrace {
  readonly traceId: string;
  /** Whom the run was made for, as the application names its user. */
  readonly user?: string | undefined;
  /** The agent that made the run. */
  readonly agent?: string | undefined;
  /** Where only a part of the trace is told of: a span that is no call, and what lies below it. Other parts may be others' work. */
  readonly step?: InnerSpan | undefined;
}

/** What stands above the operations of one description. */
export interface ImportedSpecification {
  readonly title: string;
  readonly version: string;
  readonly dialect: string;
  /** Base URLs, templates resolved with their defaults; relative ones begin with `/`. */
  readonly servers: readonly string[];
}
