/** Calls that one change of the analyst's may touch. */
export const MAX_REFS = 10_000;
/** Longest tag. Units: UTF-16 code units. */
export const MAX_TAG = 64;
/** Longest note. Units: UTF-16 code units. */
export const MAX_NOTE = 20_000;
/** Longest name of a saved view. Units: UTF-16 code units. */
export const MAX_VIEW_NAME = 200;
