/**
 * What the reach pass makes of every credential: where it was accepted, what it may do, what it was made from.
 * All derived: the pass drops and refills them, so a case of an older schema has them empty until it is analysed again.
 */
const tables = (schema: 'main' | 'temp'): string => `
-- where a credential was used, and by whom; a call that two sources saw counts once
CREATE TABLE ${schema}.credential_endpoint (
  credential_id INTEGER NOT NULL, endpoint_id INTEGER NOT NULL, principal_id INTEGER NOT NULL,   -- 0: no caller is known
  calls INTEGER NOT NULL,
  answered INTEGER NOT NULL,         -- 2xx and 3xx
  people INTEGER NOT NULL,           -- records about people in the answers, the same address counted once
  first_seen INTEGER, last_seen INTEGER,   -- µs
  PRIMARY KEY (credential_id, endpoint_id, principal_id)
) STRICT, WITHOUT ROWID;

-- records about people that an endpoint gave to anyone, the same address counted once
CREATE TABLE ${schema}.endpoint_people (endpoint_id INTEGER PRIMARY KEY, people INTEGER NOT NULL) STRICT;

-- tokens of equal power: same issuer, audiences and scopes
CREATE TABLE ${schema}.credential_power (credential_id INTEGER PRIMARY KEY, power INTEGER NOT NULL) STRICT;
CREATE INDEX ${schema}.credential_power_power ON credential_power(power);

-- a credential that was shown where another one was handed out
CREATE TABLE ${schema}.credential_link (
  parent_id INTEGER NOT NULL, child_id INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- refresh | exchange | act | issued
  call_id INTEGER NOT NULL,
  PRIMARY KEY (parent_id, child_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ${schema}.credential_link_child ON credential_link(child_id);
`;

/** The tables of the reach pass. Frozen once released. */
export const revocation = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const revocationStandIn = tables('temp');

/** Tables that the reach pass refills. */
export const revocationTables = ['credential_endpoint', 'endpoint_people', 'credential_power', 'credential_link'] as const;
