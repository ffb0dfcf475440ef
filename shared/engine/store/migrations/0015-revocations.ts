/**
 * When credentials were withdrawn, as far as the evidence shows it.
 * Derived: the revocations pass drops and refills it, so a case of an older schema has it empty until it is analysed again.
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
`;

/** The table of the revocations pass. Frozen once released. */
export const revocations = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const revocationsStandIn = tables('temp');

/** Tables that the revocations pass refills. */
export const revocationsTables = ['credential_end'] as const;
