/** What was done with the case, each entry with the hash of the one before: changed afterwards, the chain breaks. */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.audit (
  seq INTEGER PRIMARY KEY,           -- from 1, without a gap
  at TEXT NOT NULL,                  -- ISO 8601, UTC: the time of day as this machine had it
  clock INTEGER NOT NULL,            -- ms since the process began, which no change of the time of day moves
  action TEXT NOT NULL,              -- the method that was called
  payload TEXT NOT NULL,             -- canonical JSON: what it was about, how it ended, digests of what the case held then
  previous TEXT NOT NULL,            -- hash of the entry before; 64 zeros for the first
  hash TEXT NOT NULL                 -- SHA-256 of the canonical JSON of [seq, at, clock, action, payload, previous]
) STRICT;
`;

/** The table of what was done. Frozen once released. */
export const audit = `${tables('main')}
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const auditStandIn = tables('temp');
