/**
 * SQL: the credential that call `c` came with, by its own record or, where that shows none, by another of the same call: a gateway's log stands for a
 * call whose token only the capture of the client holds. Units: row id.
 */
export const SHOWN_CREDENTIAL =
  'ifnull(c.credential_id, (SELECT min(seen.credential_id) FROM call_fact other JOIN call seen ON seen.id = other.call_id WHERE other.same_as = c.id))' as const;
