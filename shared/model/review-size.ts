/** Calls that one change of the analyst's may touch. */
export const MAX_REFS = 10_000;
/** Longest tag. Units: UTF-16 code units. */
export const MAX_TAG = 64;
/** Longest note. Units: UTF-16 code units. */
export const MAX_NOTE = 20_000;
/** Longest reason for a level of sensitivity. Units: UTF-16 code units. */
export const MAX_REASON = 500;
/** Longest name of a saved view. Units: UTF-16 code units. */
export const MAX_VIEW_NAME = 200;
/** Largest saved view, as JSON. Units: bytes of UTF-8. */
export const MAX_VIEW = 32 * 1024;
/** Queries that the history of a case keeps. */
export const KEPT_QUERIES = 200;
/** Principals of one merge: more is a rule, and belongs in the evidence. */
export const MAX_MERGED = 50;
/** A person, a team or an address. Units: characters. */
export const MAX_OWNER = 200;
