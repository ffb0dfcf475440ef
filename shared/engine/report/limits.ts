import { MOST_ROWS } from './fit-to-pages.ts';
import type { Limit } from '../../model/limit.ts';
import { CARDS as FINDINGS_CARDS } from './sections/findings.ts';
import { CALL_ROWS, WEAKNESS_CALL_ROWS } from './sections/finding-evidence.ts';
import { ROWS as AUDIT_ROWS } from './sections/audit.ts';
import { ROWS as RISK_ROWS } from './sections/risks.ts';
import { EDGE_ROWS } from './sections/finding-chain.ts';
import { ROWS as TIMELINE_ROWS } from './sections/timeline.ts';
import { ROWS as INVENTORY_ROWS, IDENTITY_ROWS } from './sections/inventory.ts';
import { CARDS as POLICY_CARDS, ROWS as POLICY_ROWS } from './sections/least-privilege.ts';
import { ROWS as REJECTED_ROWS } from './sections/rejected.ts';
import { MAX_STEPS, MAX_CALLS } from './chain-picture.ts';

/** Limits of the report. */
export const reportLimits: readonly Limit[] = [
  {
    area: 'Report',
    what: 'Rows of all tables together',
    value: MOST_ROWS,
    unit: 'count',
    why: 'About 300 pages; the longest tables are cut, and say so',
    where: 'shared/engine/report/fit-to-pages.ts',
    name: 'MOST_ROWS',
  },
  {
    area: 'Report',
    what: 'Findings told in full',
    value: FINDINGS_CARDS,
    unit: 'count',
    why: 'A reader of paper gets no further; the rest are a table',
    where: 'shared/engine/report/sections/findings.ts',
    name: 'CARDS',
  },
  {
    area: 'Report',
    what: 'Evidence rows of a finding',
    value: CALL_ROWS,
    unit: 'count',
    why: 'All of them are in report.json',
    where: 'shared/engine/report/sections/finding-evidence.ts',
    name: 'CALL_ROWS',
  },
  {
    area: 'Report',
    what: 'Evidence rows of a weakness',
    value: WEAKNESS_CALL_ROWS,
    unit: 'count',
    why: 'It is the same on each call; all of them are in report.json',
    where: 'shared/engine/report/sections/finding-evidence.ts',
    name: 'WEAKNESS_CALL_ROWS',
  },
  {
    area: 'Report',
    what: 'Rows of the risk register',
    value: RISK_ROWS,
    unit: 'count',
    why: 'More than a board discusses',
    where: 'shared/engine/report/sections/risks.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Entries of the audit extract',
    value: AUDIT_ROWS,
    unit: 'count',
    why: 'The case has all',
    where: 'shared/engine/report/sections/audit.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Links of a finding told record by record',
    value: EDGE_ROWS,
    unit: 'count',
    why: 'All of them are in report.json',
    where: 'shared/engine/report/sections/finding-chain.ts',
    name: 'EDGE_ROWS',
  },
  {
    area: 'Report',
    what: 'Rows of the timeline',
    value: TIMELINE_ROWS,
    unit: 'count',
    why: 'A reader wants its shape; more are in report.json',
    where: 'shared/engine/report/sections/timeline.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Rows of the inventory annex',
    value: INVENTORY_ROWS,
    unit: 'count',
    why: 'A tagged table of more takes a browser minutes to print',
    where: 'shared/engine/report/sections/inventory.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Principals and credentials in the annex',
    value: IDENTITY_ROWS,
    unit: 'count',
    why: 'On paper those that matter; all are in report.json',
    where: 'shared/engine/report/sections/inventory.ts',
    name: 'IDENTITY_ROWS',
  },
  {
    area: 'Report',
    what: 'Rows of rejected records',
    value: REJECTED_ROWS,
    unit: 'count',
    why: 'More kinds of trouble are a table nobody reads',
    where: 'shared/engine/report/sections/rejected.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Steps of a picture of a chain',
    value: MAX_STEPS,
    unit: 'count',
    why: 'More do not fit a page',
    where: 'shared/engine/report/chain-picture.ts',
    name: 'MAX_STEPS',
  },
  {
    area: 'Report',
    what: 'Calls that such a picture chooses from',
    value: MAX_CALLS,
    unit: 'count',
    why: 'Linked and named ones come first',
    where: 'shared/engine/report/chain-picture.ts',
    name: 'MAX_CALLS',
  },
  {
    area: 'Report',
    what: 'Principals in the table of policies',
    value: POLICY_ROWS,
    unit: 'count',
    why: 'On paper those that matter; all are in report.json',
    where: 'shared/engine/report/sections/least-privilege.ts',
    name: 'ROWS',
  },
  {
    area: 'Report',
    what: 'Principals whose controls are told in full',
    value: POLICY_CARDS,
    unit: 'count',
    why: 'Those of incidents; all are in report.json',
    where: 'shared/engine/report/sections/least-privilege.ts',
    name: 'CARDS',
  },
];
