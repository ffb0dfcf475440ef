/**
 * The first schema. Frozen once released: later changes are migrations of their own.
 * Raw tables are facts of the evidence and never rewritten by analysis; derived ones are dropped and rebuilt by passes.
 */
export const first = `
-- raw: facts of the evidence -------------------------------------------------------------------------------------

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- strings that repeat: hosts, methods, agents, formats
CREATE TABLE term (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE container (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                -- unique in the case; references to calls begin with it
  container_id INTEGER REFERENCES container(id),
  format TEXT,                       -- importer id; NULL when nothing claimed it
  recognized_by TEXT NOT NULL,       -- content | name | override | none
  evidence TEXT NOT NULL,            -- why this format
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  bytes_accounted INTEGER NOT NULL,
  records INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  time_min INTEGER, time_max INTEGER,  -- µs
  timezone TEXT NOT NULL,
  state TEXT NOT NULL,               -- reading | complete | interrupted | failed | refusing (to be failed) | duplicate | withdrawing | withdrawn
  duplicate_of TEXT,
  notes TEXT NOT NULL,               -- JSON array of sentences
  given_name TEXT NOT NULL DEFAULT '',   -- as the evidence names it, before the case made it unique
  settings TEXT NOT NULL DEFAULT '{}',   -- JSON: what the analyst said about how to read it
  zone TEXT,                             -- given for stamps that carry none
  head_bytes INTEGER NOT NULL DEFAULT 0, -- length and SHA-256 of its first bytes, to know it again after a read that broke off
  head_sha256 TEXT NOT NULL DEFAULT ''
) STRICT;

-- what is no evidence and helps to read it: mappings of fields, log formats
CREATE TABLE knowledge (kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;

CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  record INTEGER,
  byte_start INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  severity TEXT NOT NULL,            -- reject | skip | warning
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  excerpt TEXT NOT NULL              -- masked
) STRICT;

CREATE TABLE credential (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,  -- HMAC-SHA-256 with the key of the case, hex; never exported
  kind TEXT NOT NULL,                -- jwt | api-key | session | basic | mtls | opaque
  masked TEXT NOT NULL,
  jwt_header TEXT,                   -- JSON
  jwt_claims TEXT,                   -- JSON
  label TEXT                         -- what is not secret: Basic user, name of the cookie or header
) STRICT;

CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  record INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  time INTEGER,                      -- µs UTC as stamped; time_kind says of what
  time_kind INTEGER NOT NULL,        -- 0 start, 1 end, 2 unknown: what the source stamps
  duration INTEGER,                  -- µs
  method_id INTEGER REFERENCES term(id),
  scheme_id INTEGER REFERENCES term(id),
  host_id INTEGER REFERENCES term(id),
  port INTEGER,
  path TEXT,
  query TEXT,                        -- masked
  status INTEGER,
  req_bytes INTEGER,
  res_bytes INTEGER,
  client_ip_id INTEGER REFERENCES term(id),
  user_agent_id INTEGER REFERENCES term(id),
  referer_id INTEGER REFERENCES term(id),
  consumer_id INTEGER REFERENCES term(id),
  credential_id INTEGER REFERENCES credential(id),
  trace_id TEXT,
  span_id TEXT,
  parent_span_id TEXT,
  request_id TEXT,
  upstream_id INTEGER REFERENCES term(id),
  route_id INTEGER REFERENCES term(id),
  service_id INTEGER REFERENCES term(id),
  tool_id INTEGER REFERENCES term(id),
  content_type_id INTEGER REFERENCES term(id),
  flags INTEGER NOT NULL             -- bits: see store/call-flags.ts
) STRICT;

-- headers, bodies and the masked record of up to 64 calls of one source, compressed together
CREATE TABLE detail_block (first_call_id INTEGER PRIMARY KEY, last_call_id INTEGER NOT NULL, data BLOB NOT NULL) STRICT;

-- scalars that left or entered in bodies and headers, of one call each: fingerprints and places, see store/value-list.ts
CREATE TABLE value (
  call_id INTEGER PRIMARY KEY REFERENCES call(id),
  sent INTEGER NOT NULL,             -- values of the request
  answered INTEGER NOT NULL,         -- values of the response
  data BLOB NOT NULL
) STRICT;

-- kinds of data seen in bodies, query and headers, per place
CREATE TABLE data_seen (
  call_id INTEGER NOT NULL REFERENCES call(id),
  side TEXT NOT NULL,                -- request | response | query | path | request-header | response-header
  pointer_id INTEGER NOT NULL REFERENCES term(id),
  type TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT;

-- a secret seen where it should not be: not as the credential of its own call
CREATE TABLE exposure (
  call_id INTEGER NOT NULL REFERENCES call(id),
  side TEXT NOT NULL,
  pointer_id INTEGER NOT NULL REFERENCES term(id),
  type TEXT NOT NULL,
  credential_id INTEGER NOT NULL REFERENCES credential(id)
) STRICT;

CREATE TABLE specification (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  title TEXT NOT NULL, version TEXT NOT NULL, dialect TEXT NOT NULL,
  servers TEXT NOT NULL              -- JSON array of base URLs
) STRICT;

CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  specification_id INTEGER NOT NULL REFERENCES specification(id),
  record INTEGER NOT NULL, byte_start INTEGER NOT NULL, byte_length INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  operation_id TEXT,
  summary TEXT,
  deprecated INTEGER NOT NULL,
  secured INTEGER NOT NULL,
  security TEXT NOT NULL,            -- JSON
  tags TEXT NOT NULL,                -- JSON
  request_fields TEXT NOT NULL,      -- JSON
  response_fields TEXT NOT NULL      -- JSON
) STRICT;

-- log formats that a server configuration declares, for logs that come later
CREATE TABLE declared_format (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  escaping TEXT                      -- default | json | none; NULL when the declaration does not say
) STRICT;

-- derived: rebuilt by passes and detectors ------------------------------------------------------------------------

CREATE TABLE pass_state (id TEXT PRIMARY KEY, version INTEGER NOT NULL, revision INTEGER NOT NULL, detail TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE principal (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- content id, exported
  label TEXT NOT NULL,
  kind TEXT NOT NULL,                -- human | service | agent | unknown
  rung INTEGER NOT NULL,
  why TEXT NOT NULL,
  weak INTEGER NOT NULL,
  calls INTEGER NOT NULL, first_seen INTEGER, last_seen INTEGER
) STRICT;

CREATE TABLE credential_use (
  credential_id INTEGER PRIMARY KEY REFERENCES credential(id),
  key TEXT NOT NULL UNIQUE,          -- jwt-1, api-key-2: kind and order of first use
  principal_id INTEGER REFERENCES principal(id),
  calls INTEGER NOT NULL, first_use INTEGER, last_use INTEGER,
  contexts INTEGER NOT NULL,
  issues TEXT NOT NULL               -- JSON array
) STRICT;

CREATE TABLE endpoint (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- METHOD host/template
  method TEXT NOT NULL, host TEXT NOT NULL, template TEXT NOT NULL,
  operation_id INTEGER REFERENCES operation(id),
  spec TEXT NOT NULL,
  sensitivity INTEGER NOT NULL,      -- 0..3
  classified_from TEXT NOT NULL,     -- bodies | names
  flags TEXT NOT NULL,               -- JSON array
  data_types TEXT NOT NULL,          -- JSON array of { type, where, share }
  calls INTEGER NOT NULL, principals INTEGER NOT NULL, agents INTEGER NOT NULL,
  statuses TEXT NOT NULL,            -- JSON { status: calls }
  auth TEXT NOT NULL,                -- JSON array
  first_seen INTEGER, last_seen INTEGER
) STRICT;

-- successful calls of a principal to a documented operation: what its scopes were needed for
CREATE TABLE operation_use (
  principal_id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (principal_id, operation_id)
) STRICT, WITHOUT ROWID;

-- one row a call; what passes found out about it
CREATE TABLE call_fact (
  call_id INTEGER PRIMARY KEY REFERENCES call(id),
  principal_id INTEGER, endpoint_id INTEGER,
  same_as INTEGER,                   -- the call that this is another sighting of; NULL when it stands for itself
  chain_id INTEGER
) STRICT;

CREATE TABLE chain (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- ref of the first call
  principal_id INTEGER,
  root_call_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  signature TEXT NOT NULL,
  depth INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  start INTEGER, end INTEGER,
  edge_counts TEXT NOT NULL,         -- JSON { kind: edges }
  hosts TEXT NOT NULL                -- JSON array
) STRICT;

CREATE TABLE edge (
  id INTEGER PRIMARY KEY,
  chain_id INTEGER REFERENCES chain(id),
  from_call INTEGER NOT NULL, to_call INTEGER NOT NULL,
  kind TEXT NOT NULL,
  kinds TEXT NOT NULL,               -- JSON array
  confidence REAL NOT NULL,
  why TEXT NOT NULL,
  from_at TEXT, to_at TEXT
) STRICT;

-- what is usual for one (principal, endpoint) pair, or for all of one side where the other is NULL
CREATE TABLE baseline (
  id INTEGER PRIMARY KEY,
  principal_id INTEGER, endpoint_id INTEGER,
  calls INTEGER NOT NULL, active_hours INTEGER NOT NULL,
  rate_median REAL NOT NULL, rate_mad REAL NOT NULL, rate_max INTEGER NOT NULL,   -- calls in an active hour
  bytes_median REAL, bytes_mad REAL, bytes_max INTEGER,
  first_seen INTEGER, last_seen INTEGER,
  is_new INTEGER NOT NULL            -- first seen after the baseline window
) STRICT;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- detector and subject
  detector TEXT NOT NULL,
  family TEXT NOT NULL,
  rank INTEGER NOT NULL,             -- order in reports, from 1
  severity TEXT NOT NULL,
  data TEXT NOT NULL                 -- JSON: the finding without its calls
) STRICT;

CREATE TABLE finding_call (finding_id INTEGER NOT NULL REFERENCES finding(id), position INTEGER NOT NULL, call_id INTEGER NOT NULL, PRIMARY KEY (finding_id, position)) STRICT, WITHOUT ROWID;

CREATE TABLE not_evaluable (detector TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Tables that passes and detectors fill, those first that refer to others. */
export const firstDerivedTables = [
  'finding_call',
  'finding',
  'not_evaluable',
  'baseline',
  'edge',
  'chain',
  'call_fact',
  'operation_use',
  'endpoint',
  'credential_use',
  'principal',
  'pass_state',
] as const;

/** The indices of what is known of each call: it is written, and taken out, several times quicker without. */
export const dropFactIndices =
  'DROP INDEX IF EXISTS fact_principal; DROP INDEX IF EXISTS fact_endpoint; DROP INDEX IF EXISTS fact_chain; DROP INDEX IF EXISTS fact_same';

/** Indices, made after a load: 1.5 to 1.8 times quicker than keeping them up during it. */
export const firstIndices = `
CREATE INDEX IF NOT EXISTS call_time ON call(time, id);
CREATE INDEX IF NOT EXISTS call_source ON call(source_id, record);
CREATE INDEX IF NOT EXISTS call_status ON call(status);
CREATE INDEX IF NOT EXISTS call_host ON call(host_id) WHERE host_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS call_credential ON call(credential_id) WHERE credential_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS call_trace ON call(trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS issue_source ON issue(source_id, record);
CREATE INDEX IF NOT EXISTS data_seen_call ON data_seen(call_id);
CREATE INDEX IF NOT EXISTS exposure_call ON exposure(call_id);
CREATE INDEX IF NOT EXISTS fact_principal ON call_fact(principal_id);
CREATE INDEX IF NOT EXISTS fact_endpoint ON call_fact(endpoint_id);
CREATE INDEX IF NOT EXISTS fact_chain ON call_fact(chain_id) WHERE chain_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS fact_same ON call_fact(same_as) WHERE same_as IS NOT NULL;
CREATE INDEX IF NOT EXISTS edge_chain ON edge(chain_id);
CREATE INDEX IF NOT EXISTS edge_from ON edge(from_call);
CREATE INDEX IF NOT EXISTS edge_to ON edge(to_call);
CREATE INDEX IF NOT EXISTS finding_call_call ON finding_call(call_id);
`;
