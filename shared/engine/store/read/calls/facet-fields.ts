import type { IdColumn, NumberColumn } from '../../columns/column-names.ts';
import { SCOPES_FROM, SESSION_NAME, SESSIONS_FROM, SHOWN_CREDENTIAL } from '../../credential-sql.ts';
import { CALL_DEPTH } from '../../depth-sql.ts';

/**
 * Where the values of a field that can be counted stand. `ids`: a column of row ids, whose texts `text` gives one at a time ·
 * `grouped`: one whose rows `texts` gives all at once, since several may share a text; a row that it leaves out is no value ·
 * `several`: the same where a row may have more than one text, each of which counts · `numbers`: a column of numbers · `path`: the text of the path · `sightings`: one of sources, of which every record that shows a call counts.
 */
export type FacetField =
  | { readonly kind: 'ids'; readonly column: IdColumn; readonly text: string }
  | { readonly kind: 'grouped' | 'several'; readonly column: IdColumn; readonly texts: string }
  | { readonly kind: 'sightings'; readonly column: 'c.source_id'; readonly texts: string }
  | { readonly kind: 'numbers'; readonly column: NumberColumn }
  | { readonly kind: 'path'; readonly column: 'c.path' };

const term = (column: IdColumn): FacetField => ({ kind: 'ids', column, text: 'SELECT value AS text FROM term WHERE id = ?' });
const principals = (text: string, only = '1'): FacetField => ({
  kind: 'grouped',
  column: 'f.principal_id',
  texts: `SELECT id, ${text} AS text FROM principal WHERE ${only}`,
});

/** Fields whose values can be counted, by the names of the query language. */
export const facetFields: Readonly<Record<string, FacetField>> = {
  agent: principals('label', "kind = 'agent'"),
  user: principals('label', "kind = 'human'"),
  principal: principals('label'),
  kind: principals('kind'),
  method: term('c.method_id'),
  scheme: term('c.scheme_id'),
  host: term('c.host_id'),
  clientIp: term('c.client_ip_id'),
  userAgent: term('c.user_agent_id'),
  referer: term('c.referer_id'),
  upstream: term('c.upstream_id'),
  route: term('c.route_id'),
  service: term('c.service_id'),
  tool: term('c.tool_id'),
  contentType: term('c.content_type_id'),
  status: { kind: 'numbers', column: 'c.status' },
  port: { kind: 'numbers', column: 'c.port' },
  path: { kind: 'path', column: 'c.path' },
  endpoint: { kind: 'ids', column: 'f.endpoint_id', text: 'SELECT key AS text FROM endpoint WHERE id = ?' },
  credential: { kind: 'ids', column: SHOWN_CREDENTIAL, text: 'SELECT key AS text FROM credential_use WHERE credential_id = ?' },
  auth: { kind: 'grouped', column: SHOWN_CREDENTIAL, texts: 'SELECT id, kind AS text FROM credential' },
  session: {
    kind: 'grouped',
    column: SHOWN_CREDENTIAL,
    texts: `SELECT k.id AS id, ${SESSION_NAME} AS text FROM ${SESSIONS_FROM} WHERE ${SESSION_NAME} IS NOT NULL`,
  },
  scope: { kind: 'several', column: SHOWN_CREDENTIAL, texts: `SELECT k.id AS id, s.value AS text FROM ${SCOPES_FROM}` },
  depth: { kind: 'numbers', column: CALL_DEPTH },
  chain: { kind: 'ids', column: 'f.chain_id', text: 'SELECT key AS text FROM chain WHERE id = ?' },
  source: { kind: 'grouped', column: 'c.source_id', texts: 'SELECT id, name AS text FROM source' },
  format: { kind: 'sightings', column: 'c.source_id', texts: 'SELECT id, format AS text FROM source WHERE format IS NOT NULL' },
};
