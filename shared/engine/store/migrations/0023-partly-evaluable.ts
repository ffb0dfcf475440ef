const tables = (schema: 'main' | 'temp'): string => `
-- detectors that answered, and for which part of the evidence they could not look; derived: rebuilt with the findings
CREATE TABLE ${schema}.partly_evaluable (
  detector TEXT NOT NULL,
  reason TEXT NOT NULL,
  sources TEXT NOT NULL,             -- JSON array of source ids, empty where it is not a matter of sources
  PRIMARY KEY (detector, reason)
) STRICT, WITHOUT ROWID;
`;

/** The table beside `not_evaluable`. Frozen once released. */
export const partlyEvaluable = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const partlyEvaluableStandIn = tables('temp');

/** Tables that the detectors refill. */
export const partlyEvaluableTables = ['partly_evaluable'] as const;
