const tables = (schema: 'main' | 'temp'): string => `
-- how deep in its chain a call stands: calls on the longest path of causes that ends with it
CREATE TABLE ${schema}.call_depth (
  call_id INTEGER PRIMARY KEY,
  depth INTEGER NOT NULL             -- from 1, for a call without a cause
) STRICT;
`;

/** The table of depths, which the chains pass refills. Frozen once released. */
export const depths = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const depthsStandIn = tables('temp');

/** Tables that the analysis refills. */
export const depthTables = ['call_depth'] as const;
