const tables = (schema: 'main' | 'temp'): string => `
-- what tracing tools say of whole runs: for whom, by which agent; a run's calls may stand in another file
CREATE TABLE ${schema}.trace_owner (
  source_id INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  user TEXT,                         -- masked
  agent TEXT                         -- masked
) STRICT;
`;

/** The table of traces' owners. Frozen once released. */
export const traceOwners = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const traceOwnersStandIn = tables('temp');
