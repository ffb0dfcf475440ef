/**
 * What the analyst says about a case: tags, stars, timeline marks, notes, saved views, queries. Raw facts of a person, so no analysis
 * drops them. A call is named by its source and record: its row id changes when the source is read anew, its name does not.
 */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.review_label (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                -- tag | star | mark
  name TEXT NOT NULL,                -- of a tag; empty for the others
  slot INTEGER NOT NULL,             -- colour and shape of a tag, 1 to 8; 0 for the others
  chosen INTEGER NOT NULL,           -- 1 when the analyst chose the slot
  UNIQUE (kind, name)
) STRICT;

CREATE TABLE ${schema}.review_labelled (
  label_id INTEGER NOT NULL,
  source TEXT NOT NULL, record INTEGER NOT NULL,
  PRIMARY KEY (source, record, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ${schema}.review_labelled_label ON review_labelled(label_id);

CREATE TABLE ${schema}.review_note (
  id INTEGER PRIMARY KEY,            -- the entry of the log that added it
  source TEXT NOT NULL, record INTEGER NOT NULL,
  text TEXT NOT NULL,
  edited INTEGER                     -- the entry that changed its text last
) STRICT;
CREATE INDEX ${schema}.review_note_call ON review_note(source, record);

CREATE TABLE ${schema}.review_view (
  name TEXT PRIMARY KEY,
  view TEXT NOT NULL,                -- JSON
  saved INTEGER NOT NULL             -- the entry that saved it
) STRICT, WITHOUT ROWID;

-- every change, one row each, never changed and never removed; the only place that knows when
CREATE TABLE ${schema}.review_log (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,                  -- ISO 8601, UTC
  kind TEXT NOT NULL,                -- of the change; undo | redo
  text TEXT NOT NULL,                -- the change in words; of an undo, the change that it is about
  effect TEXT NOT NULL,              -- JSON: what was before and what is after
  undoes INTEGER                     -- the entry that this one takes back
) STRICT;
CREATE UNIQUE INDEX ${schema}.review_log_undoes ON review_log(undoes) WHERE undoes IS NOT NULL;

CREATE TABLE ${schema}.review_query (query TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The tables of the analyst's own changes. Frozen once released. */
export const review = `${tables('main')}
CREATE INDEX source_name ON source(name);

CREATE TRIGGER review_log_no_update BEFORE UPDATE ON review_log BEGIN SELECT RAISE(ABORT, 'the log of changes is append-only'); END;
CREATE TRIGGER review_log_no_delete BEFORE DELETE ON review_log BEGIN SELECT RAISE(ABORT, 'the log of changes is append-only'); END;
`;

/** The same tables, empty and in memory, for a case of the first schema that is opened for reading only and so cannot be migrated. */
export const reviewStandIn = tables('temp');
