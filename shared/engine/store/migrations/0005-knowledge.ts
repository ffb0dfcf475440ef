/**
 * Knowledge as custody states it (hash, day, what it says), and what is worked out of callers beyond a kind: which identities were
 * joined, what was checked, and who calls which service with what.
 */
export const knowledge = `
ALTER TABLE knowledge ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';   -- of the text as it was added, hex; '' when an earlier version added it
ALTER TABLE knowledge ADD COLUMN added TEXT NOT NULL DEFAULT '';    -- ISO 8601, UTC; '' likewise
ALTER TABLE knowledge ADD COLUMN says TEXT NOT NULL DEFAULT '';     -- one sentence

ALTER TABLE principal ADD COLUMN identity TEXT NOT NULL DEFAULT '';   -- derived: what tells it apart, from the evidence only; see passes/principals/identity.ts
ALTER TABLE principal ADD COLUMN traits TEXT NOT NULL DEFAULT '{}';   -- derived: JSON, see store/principal-traits.ts

-- derived: calls of programs, by caller, service that was called and credential
CREATE TABLE machine_link (
  principal_id INTEGER NOT NULL,
  service_id INTEGER NOT NULL,       -- a term: the host; 0 for none
  credential_id INTEGER NOT NULL,    -- 0 for none
  calls INTEGER NOT NULL, failed INTEGER NOT NULL,
  first_seen INTEGER, last_seen INTEGER,
  PRIMARY KEY (principal_id, service_id, credential_id)
) STRICT, WITHOUT ROWID;
`;

/** Derived tables of this migration. */
export const identityTables = ['machine_link'] as const;

/** The same over an older case that is opened for reading only and so cannot be migrated. */
export const knowledgeStandIn = `
CREATE TEMP VIEW knowledge AS SELECT kind, name, text, '' AS sha256, '' AS added, '' AS says FROM main.knowledge;
CREATE TEMP VIEW principal AS SELECT *, '' AS identity, '{}' AS traits FROM main.principal;
CREATE TEMP TABLE machine_link (principal_id INTEGER, service_id INTEGER, credential_id INTEGER, calls INTEGER, failed INTEGER, first_seen INTEGER, last_seen INTEGER);
`;
