/**
 * Template rules: what the analyst says about paths. Raw facts of a person, so no analysis and no withdrawal drops them; changed only
 * through the log of changes, which knows when.
 */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.template_rule (
  host TEXT NOT NULL,                -- in lower case; empty for calls that name none
  kind TEXT NOT NULL,                -- pin | word | value | name
  place TEXT NOT NULL,               -- the pattern without the names of its parameters
  pattern TEXT NOT NULL,             -- as the analyst wrote it
  note TEXT NOT NULL,                -- the reason, or empty
  saved INTEGER NOT NULL,            -- the entry of the log that set it
  PRIMARY KEY (host, kind, place)
) STRICT, WITHOUT ROWID;
`;

/** The table of the template rules. Frozen once released. */
export const templates = tables('main');

/** The same table, empty and in memory, for an older case that is opened for reading only and so cannot be migrated. */
export const templatesStandIn = tables('temp');
