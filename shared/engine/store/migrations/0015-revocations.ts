/**
 * When credentials were withdrawn, and with which TLS clients they were shown, as far as the evidence shows it.
 * Derived: their passes drop and refill them, so a case of an older schema has them empty until it is analysed again.
 */
const tables = (schema: 'main' | 'temp'): string => `
-- the first call that withdrew a credential, of each kind
CREATE TABLE ${schema}.credential_end (
  credential_id INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- revoked | logged-out
  time INTEGER NOT NULL,             -- µs
  call_id INTEGER NOT NULL,
  PRIMARY KEY (credential_id, kind)
) STRICT, WITHOUT ROWID;

-- TLS clients that showed a credential, where the source knows them
CREATE TABLE ${schema}.credential_tls (
  credential_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
  network TEXT NOT NULL,             -- as in credential_context
  fingerprint_id INTEGER NOT NULL,   -- term: ja4 t13d… or ja3 …
  calls INTEGER NOT NULL,
  PRIMARY KEY (credential_id, source_id, network, fingerprint_id)
) STRICT, WITHOUT ROWID;
`;

/** The tables of withdrawn credentials and of TLS clients. Frozen once released. */
export const revocations = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const revocationsStandIn = tables('temp');

/** Tables that the analysis refills. */
export const revocationsTables = ['credential_end', 'credential_tls'] as const;
