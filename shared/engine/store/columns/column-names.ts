import { FAILED_SQL } from '../call-answer.ts';
import { SHOWN_CREDENTIAL } from '../credential-sql.ts';
import { CALL_DEPTH } from '../depth-sql.ts';

/** Columns that hold the row id of something: a term, a source, a chain. */
const idColumns = [
  'c.source_id',
  'c.method_id',
  'c.scheme_id',
  'c.host_id',
  'c.client_ip_id',
  'c.user_agent_id',
  'c.referer_id',
  'c.credential_id',
  SHOWN_CREDENTIAL,
  'c.upstream_id',
  'c.route_id',
  'c.service_id',
  'c.tool_id',
  'c.content_type_id',
  'f.principal_id',
  'f.endpoint_id',
  'f.same_as',
  'f.chain_id',
] as const;

/** Columns that hold a number of their own. */
const numberColumns = [
  'c.time',
  'c.duration',
  'c.status',
  FAILED_SQL,
  'c.port',
  'c.req_bytes',
  'c.res_bytes',
  'c.record',
  CALL_DEPTH,
] as const;

/** A column with row ids from 1; 0 where a call has none. */
export type IdColumn = (typeof idColumns)[number];
/** A column with numbers; NaN where a call has none. */
export type NumberColumn = (typeof numberColumns)[number];

export const isIdColumn = (name: string): name is IdColumn => idColumns.some((column) => column === name);
export const isNumberColumn = (name: string): name is NumberColumn => numberColumns.some((column) => column === name);
