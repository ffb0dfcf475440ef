/**
 * What the inventory pass makes of every endpoint.
 * `endpoint_*` are derived: the pass drops and refills them, so a case of an older schema has them empty until it is analysed again.
 */
const tables = (schema: 'main' | 'temp'): string => `
-- derived: one row an endpoint, for screens. A call that two sources saw counts once.
CREATE TABLE ${schema}.endpoint_summary (
  endpoint_id INTEGER PRIMARY KEY,
  spec_base TEXT NOT NULL,           -- state by description alone, before headers and versions were looked at
  spec_why TEXT NOT NULL,            -- one sentence: why endpoint.spec is what it is
  deprecated_by TEXT,                -- description | header | newer-version
  newer_endpoint_id INTEGER,         -- the same path in a newer version, where that is alive
  calls INTEGER NOT NULL,
  answered INTEGER NOT NULL,         -- 2xx and 3xx
  refused INTEGER NOT NULL,          -- 4xx
  failed INTEGER NOT NULL,           -- 5xx
  anonymous INTEGER NOT NULL,        -- without a credential, in sources that show credentials of this host
  anonymous_answered INTEGER NOT NULL,
  timed INTEGER NOT NULL,            -- calls whose duration is known; quantiles in µs, within half a percent
  duration_p50 INTEGER, duration_p90 INTEGER, duration_p99 INTEGER, duration_max INTEGER,
  request_p50 INTEGER, request_p95 INTEGER, request_max INTEGER,        -- bytes
  response_p50 INTEGER, response_p95 INTEGER, response_max INTEGER,     -- bytes
  sources INTEGER NOT NULL,
  bodies INTEGER NOT NULL,           -- calls with a body of either side
  bodies_checked INTEGER NOT NULL,   -- of these, compared with the description: a sample where there are many
  drift_kinds INTEGER NOT NULL       -- rows of endpoint_drift
) STRICT;

-- kinds of credential that came with the calls; 'none' only where the source would have shown one
CREATE TABLE ${schema}.endpoint_auth (endpoint_id INTEGER NOT NULL, kind TEXT NOT NULL, calls INTEGER NOT NULL, PRIMARY KEY (endpoint_id, kind)) STRICT, WITHOUT ROWID;

-- growth: weeks begin on Mondays, 00:00 UTC
CREATE TABLE ${schema}.endpoint_week (
  endpoint_id INTEGER NOT NULL,
  week INTEGER NOT NULL,             -- µs of its Monday
  calls INTEGER NOT NULL, principals INTEGER NOT NULL, agents INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, week)
) STRICT, WITHOUT ROWID;

-- every sighting counts here, since a source covers a call also where another saw it too
CREATE TABLE ${schema}.endpoint_source (
  endpoint_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
  calls INTEGER NOT NULL, first_seen INTEGER, last_seen INTEGER,
  PRIMARY KEY (endpoint_id, source_id)
) STRICT, WITHOUT ROWID;

-- where calls and description part; field rows count calls of the sample, see bodies_checked
CREATE TABLE ${schema}.endpoint_drift (
  endpoint_id INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- see passes/inventory/drift.ts
  place TEXT NOT NULL,               -- 'query limit', 'response $.items[*].ssn', 'response 418', 'request basic'
  calls INTEGER NOT NULL, principals INTEGER NOT NULL,
  example_call_id INTEGER NOT NULL,  -- the first in time
  PRIMARY KEY (endpoint_id, kind, place)
) STRICT, WITHOUT ROWID;

-- all calls behind a row of endpoint_drift, at most 1,000 each
CREATE TABLE ${schema}.endpoint_drift_call (
  endpoint_id INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, call_id INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, kind, place, call_id)
) STRICT, WITHOUT ROWID;

-- operations of one resource whose controls differ from those of their siblings
CREATE TABLE ${schema}.endpoint_odd (
  endpoint_id INTEGER NOT NULL,
  control TEXT NOT NULL,             -- auth | cors | error-shape | failures
  resource TEXT NOT NULL,            -- prefix that the siblings share
  has TEXT NOT NULL, usual TEXT NOT NULL,
  siblings INTEGER NOT NULL, agreeing INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, control)
) STRICT, WITHOUT ROWID;

-- what headers of sampled answers said
CREATE TABLE ${schema}.endpoint_header (
  endpoint_id INTEGER NOT NULL,
  name TEXT NOT NULL,                -- lower case: deprecation, sunset, access-control-allow-origin, …
  value TEXT NOT NULL,
  calls INTEGER NOT NULL, example_call_id INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, name, value)
) STRICT, WITHOUT ROWID;
`;

/** What descriptions promise of their operations, and the tables of the inventory pass. Frozen once released. */
export const inventory = `
-- raw: JSON, see shared/model/operation-contract.ts; '' for sources without schemas (collections, cases before this schema)
ALTER TABLE operation ADD COLUMN contract TEXT NOT NULL DEFAULT '';
${tables('main')}`;

/** The same tables, empty and in memory, for an older case that is opened for reading only. Its operations have no contract. */
export const inventoryStandIn = tables('temp');

/** Tables that the inventory pass refills. */
export const inventoryTables = [
  'endpoint_summary',
  'endpoint_auth',
  'endpoint_week',
  'endpoint_source',
  'endpoint_drift',
  'endpoint_drift_call',
  'endpoint_odd',
  'endpoint_header',
] as const;
