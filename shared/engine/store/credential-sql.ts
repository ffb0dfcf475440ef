/**
 * SQL: the credential that call `c` came with, by its own record or, where that shows none, by another of the same call: a gateway's log stands for a
 * call whose token only the capture of the client holds. Units: row id.
 */
export const SHOWN_CREDENTIAL =
  'ifnull(c.credential_id, (SELECT min(seen.credential_id) FROM call_fact other JOIN call seen ON seen.id = other.call_id WHERE other.same_as = c.id))' as const;

/** SQL: the session that credential `k`, used as `u`, stands for, or that its token names by OpenID Connect's `sid`; NULL for none. */
export const SESSION_NAME = "CASE WHEN k.kind = 'session' THEN u.key ELSE json_extract(k.jwt_claims, '$.sid') END";

/** SQL: where `SESSION_NAME` is asked. */
export const SESSIONS_FROM = 'credential k JOIN credential_use u ON u.credential_id = k.id';

/** SQL: the scopes that credential `k` grants, one a row as `s.value`. Needs `defineQueryFunctions`. */
export const SCOPES_FROM = 'credential k CROSS JOIN json_each(granted_scopes(k.jwt_claims)) s';
