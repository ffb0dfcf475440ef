import { AppError } from '../../../contract/errors.ts';
import type { FieldValue } from '../../../contract/rows.ts';
import type { SqlDriver } from '../driver.ts';
import { CALLS_FROM, type CallFilter } from './calls.ts';

const term = (column: string): string => `(SELECT value FROM term WHERE id = g.${column})`;

interface ValueSource {
  /** Column to group by, over `c` and `f`. */
  readonly group: string;
  /** How the grouped value `g.v` becomes text. */
  readonly text: string;
}

const interned = (column: string): ValueSource => ({ group: `c.${column}`, text: term('v') });

/** Fields whose values can be counted, by the names of the query language. */
const SOURCES: Readonly<Record<string, ValueSource>> = {
  method: interned('method_id'),
  scheme: interned('scheme_id'),
  host: interned('host_id'),
  clientIp: interned('client_ip_id'),
  userAgent: interned('user_agent_id'),
  referer: interned('referer_id'),
  upstream: interned('upstream_id'),
  route: interned('route_id'),
  service: interned('service_id'),
  tool: interned('tool_id'),
  contentType: interned('content_type_id'),
  status: { group: 'c.status', text: 'CAST(g.v AS TEXT)' },
  port: { group: 'c.port', text: 'CAST(g.v AS TEXT)' },
  path: { group: 'c.path', text: 'g.v' },
  principal: { group: 'f.principal_id', text: '(SELECT label FROM principal WHERE id = g.v)' },
  kind: { group: '(SELECT kind FROM principal WHERE id = f.principal_id)', text: 'g.v' },
  endpoint: { group: 'f.endpoint_id', text: '(SELECT key FROM endpoint WHERE id = g.v)' },
  credential: { group: 'c.credential_id', text: '(SELECT key FROM credential_use WHERE credential_id = g.v)' },
  chain: { group: 'f.chain_id', text: '(SELECT key FROM chain WHERE id = g.v)' },
  source: { group: 'c.source_id', text: '(SELECT name FROM source WHERE id = g.v)' },
  format: { group: '(SELECT format FROM source WHERE id = c.source_id)', text: 'g.v' },
};

/** Names of the fields that `fieldValues` can count. */
const countableFields = (): readonly string[] => Object.keys(SOURCES);

/** The most frequent values of a field among the calls that a filter matches, by count, then by text. */
export function fieldValues(db: SqlDriver, field: string, filter: CallFilter, startsWith: string, count: number): readonly FieldValue[] {
  const source = Object.hasOwn(SOURCES, field) ? SOURCES[field] : undefined;
  if (source === undefined)
    throw new AppError('bad-params', `values of ${field} cannot be counted; known are ${countableFields().join(', ')}`);
  return db
    .prepare(
      `SELECT value, calls FROM (
         SELECT ${source.text} AS value, g.n AS calls FROM (SELECT ${source.group} AS v, count(*) AS n ${CALLS_FROM} WHERE ${filter.where} GROUP BY 1) g WHERE g.v IS NOT NULL
       ) WHERE value IS NOT NULL AND substr(lower(value), 1, length(?)) = lower(?) ORDER BY calls DESC, value LIMIT ?`,
    )
    .all<FieldValue>(...filter.params, startsWith, startsWith, count);
}
