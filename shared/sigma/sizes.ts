/** Most rules of a case: each reads every call once. */
export const MAX_SIGMA_RULES = 2_000;
/** Most values of one rule, variants of an encoding counted: each becomes some SQL. */
export const MAX_SIGMA_CONDITIONS = 5_000;
/** Longest value. Units: UTF-16 code units. */
export const MAX_SIGMA_VALUE = 4_096;
/** Deepest nesting of a rule's YAML and of its condition. */
export const MAX_SIGMA_DEPTH = 32;
