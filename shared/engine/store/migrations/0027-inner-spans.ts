const tables = (schema: 'main' | 'temp'): string => `
-- spans that are no calls: what was called below one was called by whoever made the call above it, or by the agent that it names
CREATE TABLE ${schema}.inner_span (
  source_id INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  parent_span_id TEXT,
  service TEXT,                      -- masked
  agent TEXT,                        -- masked; NULL where it is no step of one
  user TEXT                          -- masked
) STRICT;
CREATE INDEX ${schema}.inner_span_id ON inner_span(trace_id, span_id);
`;

/** The table of spans between calls. Frozen once released. */
export const innerSpans = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only. */
export const innerSpansStandIn = tables('temp');
