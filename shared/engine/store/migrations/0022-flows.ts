const tables = (schema: 'main' | 'temp'): string => `
-- calls that came about alike, counted: what the aggregate map of all calls is drawn from; derived: rebuilt by the flows pass
CREATE TABLE ${schema}.flow (
  id INTEGER PRIMARY KEY,            -- in the order of their first calls
  principal_id INTEGER NOT NULL, endpoint_id INTEGER NOT NULL,   -- 0 for none
  by_endpoint_id INTEGER,            -- whose answering made the calls; NULL where only the caller is known
  by_kind TEXT,                      -- kind of the link that says so
  led_by TEXT NOT NULL,              -- '7 value, 9 trace': endpoint and kind of link of the answers that led to the calls besides
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,           -- status of 400 or above
  timed INTEGER NOT NULL,            -- calls with a time
  first_seen INTEGER, last_seen INTEGER   -- µs
) STRICT;

-- calls of each caller in slices of time, as long as the heat-map of all calls draws them
CREATE TABLE ${schema}.flow_time (
  principal_id INTEGER NOT NULL,     -- 0 for none
  start INTEGER NOT NULL,            -- µs
  calls INTEGER NOT NULL,
  PRIMARY KEY (principal_id, start)
) STRICT, WITHOUT ROWID;
`;

/** Tables of the flows pass. Frozen once released. */
export const flows = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const flowsStandIn = tables('temp');

/** Tables that the flows pass refills. */
export const flowTables = ['flow', 'flow_time'] as const;
