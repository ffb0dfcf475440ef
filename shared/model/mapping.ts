import type { TimeKind } from './call.ts';

/**
 * Where a value stands in a record: keys with dots between, `[0]` and `[-1]` for an element of a list, `['a.b']` for a key that
 * has a dot itself. A key that is spelled like the whole path wins: both `{"a.b": 1}` and `{"a": {"b": 1}}` have `a.b`.
 */
export type SourcePath = string;

/** Paths that are tried in order; the first that holds something counts. */
export type SourcePaths = readonly SourcePath[];

/** The fields of a call that a record gives as a text or a number. */
export const MAPPED_FIELDS = [
  'method',
  /** The whole request line, `GET /a?b HTTP/1.1`. */
  'request',
  /** A URL, or a path with its query. */
  'url',
  'scheme',
  /** May end in `:port`. */
  'host',
  'port',
  /** Counts before the path of `url` and `request`. */
  'path',
  'query',
  'status',
  'reqBytes',
  'resBytes',
  /** An address, with its port or without; a list is the hops of `X-Forwarded-For`. */
  'clientIp',
  'forwardedFor',
  'userAgent',
  'referer',
  'consumer',
  'credentialId',
  'traceId',
  'spanId',
  'parentSpanId',
  'requestId',
  'upstream',
  'route',
  'service',
  'tool',
  'contentType',
  'redirectUrl',
] as const;

export type MappedField = (typeof MAPPED_FIELDS)[number];

/** `auto`: an ISO or common-log text, or an epoch number whose unit its magnitude tells. */
export const TIME_FORMATS = ['auto', 'iso', 'clf', 's', 'ms', 'us', 'ns'] as const;
/** `go`: a text with its own unit, `4.529µs`, `1m2.5s`. */
export const DURATION_UNITS = ['s', 'ms', 'us', 'ns', 'go'] as const;

/** Units: what `DURATION_UNITS` says. A text that names its own unit overrules it. */
export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface MappedTime {
  readonly from: SourcePaths;
  /** The date, where it stands apart from the time of day. */
  readonly date?: SourcePaths | undefined;
  /** One of `TIME_FORMATS`, or a pattern with `%`: `%Y/%m/%d - %H:%M:%S`. */
  readonly format: string;
  /** What moment of the call the stamp is. */
  readonly kind: TimeKind;
  /** True when stamps that name no zone are known to be UTC. */
  readonly utc?: boolean | undefined;
}

export interface MappedDuration {
  readonly from: SourcePaths;
  readonly unit: DurationUnit;
}

/** Where headers stand. */
export interface MappedHeaders {
  /** Objects `{name: value | [values]}`, lists of `{name, value}`, or the text of a header block. */
  readonly maps?: SourcePaths | undefined;
  /** Keys that begin so are headers, named by the rest: `request_User-Agent`. */
  readonly prefix?: string | undefined;
  /** Single headers by name. */
  readonly named?: Readonly<Record<string, SourcePaths>> | undefined;
}

export interface MappedBody {
  readonly from: SourcePaths;
  readonly encoding: 'text' | 'base64';
}

/**
 * How the records of one unknown log become calls: which keys hold what, in which unit. Plain JSON: it is saved with the case,
 * exported, and given on the command line. What it does not name goes to the call's other fields, so nothing is lost.
 */
export interface Mapping {
  readonly name: string;
  /** Paths that a record must have to be of this kind; without any, every record is. */
  readonly requires: SourcePaths;
  readonly time?: MappedTime | undefined;
  readonly duration?: MappedDuration | undefined;
  readonly fields: { readonly [Field in MappedField]?: SourcePaths | undefined };
  /** Lengths of parts of the call by name: `upstream`. */
  readonly timings?: Readonly<Record<string, MappedDuration>> | undefined;
  readonly requestHeaders?: MappedHeaders | undefined;
  readonly responseHeaders?: MappedHeaders | undefined;
  readonly requestBody?: MappedBody | undefined;
  readonly responseBody?: MappedBody | undefined;
}
