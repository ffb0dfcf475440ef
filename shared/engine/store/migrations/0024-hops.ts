/**
 * Calls by which another call of the same principal was answered further in, and how many of them a principal and a chain have: without
 * them a request that gateway, mesh and service each wrote down would count three times as what its caller did. Derived: the
 * attribution pass refills them, so a case of an older schema has them empty until it is analysed again.
 */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.hop (
  call_id INTEGER PRIMARY KEY        -- stands for itself; what it is a hop of has the same principal
) STRICT;
CREATE TABLE ${schema}.principal_hops (
  principal_id INTEGER PRIMARY KEY,
  calls INTEGER NOT NULL             -- of its calls that stand for themselves
) STRICT;
CREATE TABLE ${schema}.chain_hops (
  chain_id INTEGER PRIMARY KEY,
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL            -- of them, hops that failed as the call did that they are a hop of
) STRICT;
`;

/** The tables of hops. Frozen once released. */
export const hops = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const hopsStandIn = tables('temp');

/** Tables that the analysis refills. */
export const hopTables = ['hop', 'principal_hops', 'chain_hops'] as const;
