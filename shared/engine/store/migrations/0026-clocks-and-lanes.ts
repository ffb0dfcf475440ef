const tables = (schema: 'main' | 'temp'): string => `
-- calls whose clock was set on the common one to link them
CREATE TABLE ${schema}.call_clock (
  call_id INTEGER PRIMARY KEY,
  ahead INTEGER NOT NULL             -- µs by which the clock that stamped it ran ahead; negative: behind
) STRICT;
-- whose work sessions are cut from: one caller's, one client's, one run's
CREATE TABLE ${schema}.lane (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL                 -- of the caller; trace for a run
) STRICT;
-- calls that begin something and whose caller is known, by whose work they are: as linking found it, before calls were given to other callers
CREATE TABLE ${schema}.call_lane (
  call_id INTEGER PRIMARY KEY,
  lane_id INTEGER NOT NULL
) STRICT;
`;

/** What the chains pass leaves for questions about its chains; it refills it. Frozen once released. */
export const clocksAndLanes = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const clocksAndLanesStandIn = tables('temp');

/** Tables that the analysis refills. */
export const clockAndLaneTables = ['call_clock', 'call_lane', 'lane'] as const;
