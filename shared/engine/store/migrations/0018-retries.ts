/**
 * Calls that ask again for what failed before. Derived: the signals pass drops and refills it, so a case of an older schema
 * has it empty until it is analysed again.
 */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.retry (
  call_id INTEGER PRIMARY KEY,
  of_call INTEGER NOT NULL           -- the last attempt before it, which failed
) STRICT;
`;

/** The table of retries. Frozen once released. */
export const retries = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const retriesStandIn = tables('temp');

/** Tables that the analysis refills. */
export const retryTables = ['retry'] as const;
