const tables = (schema: 'main' | 'temp'): string => `
-- calls of chains whose stamp was taken off another clock than the common one, to link them; derived: the chains pass refills it
CREATE TABLE ${schema}.call_clock (
  call_id INTEGER PRIMARY KEY,
  ahead INTEGER NOT NULL             -- µs by which the clock that stamped it ran ahead; negative: behind
) STRICT;
`;

/** The table of calls' clocks. Frozen once released. */
export const callClocks = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const callClocksStandIn = tables('temp');

/** Tables that the analysis refills. */
export const callClockTables = ['call_clock'] as const;
