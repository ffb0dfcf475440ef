/** Longest query, in UTF-16 code units; the parser and the contract share it. */
export const MAX_QUERY_LENGTH = 8192;
