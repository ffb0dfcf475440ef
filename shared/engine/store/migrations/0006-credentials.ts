/**
 * What the credentials pass makes of every credential that came with a call. All derived: the pass drops and refills them, so a case of
 * an older schema has them empty until it is analysed again. Calls that another call stands for are not counted twice.
 */
const tables = (schema: 'main' | 'temp'): string => `
-- who showed it, as one source saw the callers: address prefix and User-Agent family
CREATE TABLE ${schema}.credential_context (
  credential_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
  network TEXT NOT NULL,             -- /24 or /48; 'none' where the source has no address
  family TEXT NOT NULL,              -- product name without version; 'none' without a User-Agent
  calls INTEGER NOT NULL,
  accepted INTEGER NOT NULL,         -- 2xx
  first_use INTEGER, last_use INTEGER,
  PRIMARY KEY (credential_id, source_id, network, family)
) STRICT, WITHOUT ROWID;

-- where it was shown
CREATE TABLE ${schema}.credential_host (
  credential_id INTEGER NOT NULL, host_id INTEGER NOT NULL,
  calls INTEGER NOT NULL, accepted INTEGER NOT NULL,
  stale INTEGER NOT NULL,            -- calls more than a minute outside its own nbf and exp
  stale_accepted INTEGER NOT NULL,
  first_use INTEGER, last_use INTEGER,
  PRIMARY KEY (credential_id, host_id)
) STRICT, WITHOUT ROWID;

-- the longest silence between two uses; no row for credentials used fewer than two times
CREATE TABLE ${schema}.credential_life (
  credential_id INTEGER PRIMARY KEY,
  gap_from INTEGER NOT NULL, gap_to INTEGER NOT NULL,
  earlier_gap INTEGER NOT NULL,      -- the longest silence before that one, 0 for none; µs
  uses_before INTEGER NOT NULL       -- calls up to gap_from
) STRICT;

-- calls of sources that show credentials of their host, by kind of caller; without: those that came without one
CREATE TABLE ${schema}.credential_share (
  caller TEXT PRIMARY KEY,           -- human | service | agent | unknown
  calls INTEGER NOT NULL, without INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** The tables of the credentials pass. Frozen once released. */
export const credentials = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const credentialsStandIn = tables('temp');

/** Tables that the credentials pass refills. */
export const credentialTables = ['credential_context', 'credential_host', 'credential_life', 'credential_share'] as const;
