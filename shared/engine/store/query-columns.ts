import type { FieldName } from '../../query/fields.ts';
import { OUTCOME_SQL } from './call-answer.ts';
import { SCOPES_FROM, SESSION_NAME, SESSIONS_FROM, SHOWN_CREDENTIAL } from './credential-sql.ts';
import { CALL_DEPTH } from './depth-sql.ts';
import { LABELLED_CALLS, NOTED_CALLS } from './query-review.ts';

/**
 * Where a field of the query language stands in the store. `c` is the call, `f` its facts.
 * `term`: interned text, `texts` what of it is matched · `text`, `number`: a column, in the unit that the language uses ·
 * `linked`: a row of another table that `column` points to, whose `texts` are matched ·
 * `ref`: file name and record · `sighting`: texts of the sources that show the call · `finding`: texts of the findings that name the call ·
 * `review`: what the analyst said; `calls` finds the ids of calls, a condition on `texts` follows.
 */
export type Column =
  | { readonly kind: 'term'; readonly column: string; readonly texts: readonly string[] }
  | { readonly kind: 'text'; readonly column: string }
  | { readonly kind: 'number'; readonly column: string }
  | {
      readonly kind: 'linked';
      readonly column: string;
      readonly table: string;
      readonly id: string;
      readonly texts: readonly string[];
      readonly only?: string;
    }
  | { readonly kind: 'ref' }
  | { readonly kind: 'sighting'; readonly texts: readonly string[] }
  | { readonly kind: 'finding'; readonly texts: readonly string[] }
  | { readonly kind: 'review'; readonly calls: string; readonly texts: readonly string[] };

const term = (column: string, ...more: readonly string[]): Column => ({ kind: 'term', column, texts: ['value', ...more] });
const text = (column: string): Column => ({ kind: 'text', column });
const number = (column: string): Column => ({ kind: 'number', column });
const principal = (only?: string): Column => ({
  kind: 'linked',
  column: 'f.principal_id',
  table: 'principal',
  id: 'id',
  texts: ['label', 'key'],
  ...(only === undefined ? {} : { only }),
});

/** The place of every field; a new field without one does not compile. */
export const queryColumns: Readonly<Record<FieldName, Column>> = {
  agent: principal("kind = 'agent'"),
  user: principal("kind = 'human'"),
  principal: principal(),
  kind: { kind: 'linked', column: 'f.principal_id', table: 'principal', id: 'id', texts: ['kind'] },
  method: term('c.method_id'),
  host: term('c.host_id'),
  path: text('c.path'),
  // Behind the path, what it is asked to do: `tool search_orders`.
  endpoint: {
    kind: 'linked',
    column: 'f.endpoint_id',
    table: 'endpoint',
    id: 'id',
    texts: ['key', 'template', "iif(instr(key, ' · ') > 0, substr(key, instr(key, ' · ') + 3), key)"],
  },
  status: number('c.status'),
  outcome: text(OUTCOME_SQL),
  time: number('c.time'),
  // Divided, not multiplied on the other side: the same arithmetic as in the rows that we print, so `=` agrees.
  durationMs: number('c.duration / 1000.0'),
  resBytes: number('c.res_bytes'),
  reqBytes: number('c.req_bytes'),
  clientIp: term('c.client_ip_id'),
  credential: { kind: 'linked', column: SHOWN_CREDENTIAL, table: 'credential_use', id: 'credential_id', texts: ['key'] },
  auth: { kind: 'linked', column: SHOWN_CREDENTIAL, table: 'credential', id: 'id', texts: ['kind'] },
  session: { kind: 'linked', column: SHOWN_CREDENTIAL, table: SESSIONS_FROM, id: 'k.id', texts: [SESSION_NAME] },
  scope: { kind: 'linked', column: SHOWN_CREDENTIAL, table: SCOPES_FROM, id: 'k.id', texts: ['s.value'] },
  finding: { kind: 'finding', texts: ['fi.key', 'fi.detector'] },
  severity: { kind: 'finding', texts: ['fi.severity'] },
  chain: { kind: 'linked', column: 'f.chain_id', table: 'chain', id: 'id', texts: ['key'] },
  depth: number(CALL_DEPTH),
  // `http_post` names `mcp:http_post` as well.
  tool: term('c.tool_id', "substr(value, instr(value, ':') + 1)"),
  source: { kind: 'linked', column: 'c.source_id', table: 'source', id: 'id', texts: ['name'] },
  seenIn: { kind: 'sighting', texts: ['so.name'] },
  record: number('c.record'),
  ref: { kind: 'ref' },
  userAgent: term('c.user_agent_id'),
  contentType: term('c.content_type_id'),
  query: text('c.query'),
  scheme: term('c.scheme_id'),
  port: number('c.port'),
  referer: term('c.referer_id'),
  traceId: text('c.trace_id'),
  spanId: text('c.span_id'),
  parentSpanId: text('c.parent_span_id'),
  requestId: text('c.request_id'),
  upstream: term('c.upstream_id'),
  route: term('c.route_id'),
  service: term('c.service_id'),
  format: { kind: 'sighting', texts: ['so.format'] },
  tag: { kind: 'review', calls: `${LABELLED_CALLS} WHERE l.kind = 'tag' AND `, texts: ['l.name'] },
  note: { kind: 'review', calls: `${NOTED_CALLS} WHERE `, texts: ['r.text'] },
};
