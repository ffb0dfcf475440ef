const tables = (schema: 'main' | 'temp'): string => `
-- derived: rebuilt by the signals pass
CREATE TABLE ${schema}.signal (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- see passes/signals/index.ts
  principal_id INTEGER,
  endpoint_id INTEGER,               -- the busiest of those it is about
  start INTEGER NOT NULL, end INTEGER NOT NULL,   -- µs
  p REAL NOT NULL,                   -- how rare among its peers
  q REAL NOT NULL,                   -- rate of false discoveries at which it would be called one
  data TEXT NOT NULL                 -- JSON: what was seen and what is usual
) STRICT;

-- the whole evidence of a signal
CREATE TABLE ${schema}.signal_call (
  signal_id INTEGER NOT NULL, position INTEGER NOT NULL, call_id INTEGER NOT NULL,
  PRIMARY KEY (signal_id, position)
) STRICT, WITHOUT ROWID;

-- what is usual of a principal, endpoint, pair or kind of principal, within the baseline window
CREATE TABLE ${schema}.usual (
  scope TEXT NOT NULL,               -- principal | endpoint | pair | kind
  principal_id INTEGER NOT NULL, endpoint_id INTEGER NOT NULL,   -- 0 where the scope has none
  kind TEXT NOT NULL,                -- of the principal; '' for an endpoint
  calls INTEGER NOT NULL,
  days REAL NOT NULL,                -- length of the window
  objects INTEGER NOT NULL,          -- distinct objects
  bytes REAL NOT NULL,               -- of answers, in a day
  contexts INTEGER NOT NULL,         -- distinct pairs of address and User-Agent
  statuses TEXT NOT NULL,            -- JSON: calls by class of status
  rates TEXT NOT NULL,               -- JSON: calls in each hour of the day, UTC, shrunk towards the peers
  PRIMARY KEY (scope, principal_id, endpoint_id, kind)
) STRICT, WITHOUT ROWID;
`;

/** Tables of the signals pass and of the richer baseline. Frozen once released. */
export const signals = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const signalsStandIn = tables('temp');

/** Tables that the signals pass refills. */
export const signalTables = ['signal', 'signal_call', 'usual'] as const;
