/** Kinds of edge that say that one call was made to answer another, as a list of SQL. */
export const CALLED_KINDS = "('trace', 'rpc', 'nesting')";

/** A condition of SQL: the edge says that its effect is a hop of its cause, a request handed on or made within it, by ids of messages or address and time. */
export const isInnerHop = (edge: string): string => `(${edge}.kinds LIKE '%nesting%' OR ${edge}.kinds LIKE '%rpc%')`;
