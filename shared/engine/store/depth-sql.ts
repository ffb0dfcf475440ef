/** SQL: how deep in its chain call `c` stands, from 1; NULL outside of chains. */
export const CALL_DEPTH = '(SELECT depth FROM call_depth WHERE call_id = c.id)' as const;
