/** What the conclusion on least privilege makes of agents and services. Derived: dropped and refilled after every run of the detectors. */
const tables = (schema: 'main' | 'temp'): string => `
CREATE TABLE ${schema}.privilege (
  principal_id INTEGER PRIMARY KEY,
  rank INTEGER NOT NULL,             -- order of lists, from 1: those of incidents, agents, the busiest
  data TEXT NOT NULL                 -- JSON, see shared/engine/privilege/assess.ts
) STRICT;

-- calls of a principal to an endpoint by what the replay used them for
CREATE TABLE ${schema}.privilege_operation (
  principal_id INTEGER NOT NULL, endpoint_id INTEGER NOT NULL,
  permitted INTEGER NOT NULL,        -- 1 when the policy has it
  training INTEGER NOT NULL,         -- learnt from
  legitimate INTEGER NOT NULL,       -- tried on
  incident INTEGER NOT NULL,         -- evidence of an incident finding
  other INTEGER NOT NULL,            -- refused or failed
  PRIMARY KEY (principal_id, endpoint_id)
) STRICT, WITHOUT ROWID;
`;

/** The tables of least privilege. Frozen once released. */
export const privilege = tables('main');

/** The same tables, empty and in memory, for an older case that is opened for reading only. */
export const privilegeStandIn = tables('temp');

/** Tables that the conclusion refills. */
export const privilegeTables = ['privilege_operation', 'privilege'] as const;
