/** What custody states of knowledge, which is no evidence: its hash as it was added, when, and what it says in one sentence. */
export const knowledge = `
ALTER TABLE knowledge ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';   -- of the text as it was added, hex; '' when an earlier version added it
ALTER TABLE knowledge ADD COLUMN added TEXT NOT NULL DEFAULT '';    -- ISO 8601, UTC; '' likewise
ALTER TABLE knowledge ADD COLUMN says TEXT NOT NULL DEFAULT '';     -- one sentence
`;

/** The same columns over the table of an older case that is opened for reading only and so cannot be migrated. */
export const knowledgeStandIn = `
CREATE TEMP TABLE knowledge AS SELECT kind, name, text, '' AS sha256, '' AS added, '' AS says FROM main.knowledge;
`;
