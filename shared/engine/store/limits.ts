import type { Limit } from '../../model/limit.ts';
import { MAX_PAGE } from '../../contract/table.ts';
import { SHOWN_CALLS, SHOWN_CHAINS } from './read/findings.ts';
import { MAX_EDGES } from './read/chains.ts';
import { AROUND as EDGE_TEXT_AROUND } from './read/edge-text.ts';

/** Limits of what a list answers. */
export const storeLimits: readonly Limit[] = [
  {
    area: 'Queries and lists',
    what: 'Rows of one page of a list',
    value: MAX_PAGE,
    unit: 'count',
    why: 'A screen shows some dozens',
    where: 'shared/contract/table.ts',
    name: 'MAX_PAGE',
  },
  {
    area: 'Queries and lists',
    what: 'Calls shown with a finding',
    value: SHOWN_CALLS,
    unit: 'count',
    why: 'The whole evidence is in its list of references',
    where: 'shared/engine/store/read/findings.ts',
    name: 'SHOWN_CALLS',
  },
  {
    area: 'Queries and lists',
    what: 'Chains shown with a finding',
    value: SHOWN_CHAINS,
    unit: 'count',
    why: 'The rest is one query away',
    where: 'shared/engine/store/read/findings.ts',
    name: 'SHOWN_CHAINS',
  },
  {
    area: 'Queries and lists',
    what: 'Links read of one chain',
    value: MAX_EDGES,
    unit: 'count',
    why: 'A chain of more is shown as a list',
    where: 'shared/engine/store/read/chains.ts',
    name: 'MAX_EDGES',
  },
  {
    area: 'Queries and lists',
    what: 'Text around a value that proves a link',
    value: EDGE_TEXT_AROUND,
    unit: 'characters',
    why: 'Enough to judge the place it stands in',
    where: 'shared/engine/store/read/edge-text.ts',
    name: 'AROUND',
  },
];
