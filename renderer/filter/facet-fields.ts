import { flags, type FieldName } from '#shared/query/fields.ts';

/** A field whose values stand beside the calls with their counts. */
export interface FacetField {
  /** A field of the query language, or `flag` for what `is:` and `has:` take. */
  readonly field: FieldName | 'flag';
  readonly title: string;
  /** True for those that stand open before anybody chose. */
  readonly usual?: boolean;
}

/** The fields in the order in which they stand; the analyst opens and closes them. */
export const facetFields: readonly FacetField[] = [
  { field: 'status', title: 'Status', usual: true },
  { field: 'method', title: 'Method', usual: true },
  { field: 'kind', title: 'Kind of principal', usual: true },
  { field: 'principal', title: 'Principal', usual: true },
  { field: 'host', title: 'Host', usual: true },
  { field: 'flag', title: 'Is and has' },
  { field: 'severity', title: 'Severity of a finding' },
  { field: 'finding', title: 'Finding, by detector' },
  { field: 'endpoint', title: 'Endpoint' },
  { field: 'clientIp', title: 'Client' },
  { field: 'userAgent', title: 'User agent' },
  { field: 'credential', title: 'Credential' },
  { field: 'auth', title: 'Kind of credential' },
  { field: 'session', title: 'Session' },
  { field: 'scope', title: 'Scope of the token' },
  { field: 'tool', title: 'Tool' },
  { field: 'contentType', title: 'Content type' },
  { field: 'tag', title: 'Tag' },
  { field: 'chain', title: 'Chain' },
  { field: 'depth', title: 'Depth in its chain' },
  { field: 'path', title: 'Path' },
  { field: 'scheme', title: 'Scheme' },
  { field: 'port', title: 'Port' },
  { field: 'referer', title: 'Referer' },
  { field: 'service', title: 'Service' },
  { field: 'route', title: 'Route' },
  { field: 'upstream', title: 'Upstream' },
  { field: 'source', title: 'Source' },
  { field: 'format', title: 'Format' },
];

/** What each flag means, for those who do not know its name. */
export const flagMeanings: ReadonlyMap<string, string> = new Map(flags.map(({ name, description }) => [name, description]));
