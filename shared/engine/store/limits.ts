import { KEPT_QUERIES, MAX_NOTE, MAX_REFS, MAX_TAG, MAX_VIEW, MAX_VIEW_NAME } from '../../model/review-size.ts';
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
  {
    area: 'Your changes',
    what: 'Calls of one change',
    value: MAX_REFS,
    unit: 'count',
    why: 'One change is one entry of the log, and is taken back as one',
    where: 'shared/model/review-size.ts',
    name: 'MAX_REFS',
  },
  {
    area: 'Your changes',
    what: 'Length of a tag',
    value: MAX_TAG,
    unit: 'characters',
    why: 'It stands beside calls, on one line',
    where: 'shared/model/review-size.ts',
    name: 'MAX_TAG',
  },
  {
    area: 'Your changes',
    what: 'Length of a note',
    value: MAX_NOTE,
    unit: 'characters',
    why: 'More belongs into a file of evidence',
    where: 'shared/model/review-size.ts',
    name: 'MAX_NOTE',
  },
  {
    area: 'Your changes',
    what: 'Length of the name of a view',
    value: MAX_VIEW_NAME,
    unit: 'characters',
    why: 'It stands in a menu, on one line',
    where: 'shared/model/review-size.ts',
    name: 'MAX_VIEW_NAME',
  },
  {
    area: 'Your changes',
    what: 'Size of a saved view',
    value: MAX_VIEW,
    unit: 'bytes',
    why: 'A query, an order and the columns; nothing else is kept in it',
    where: 'shared/model/review-size.ts',
    name: 'MAX_VIEW',
  },
  {
    area: 'Your changes',
    what: 'Queries that the history keeps',
    value: KEPT_QUERIES,
    unit: 'count',
    why: 'Older ones are forgotten',
    where: 'shared/model/review-size.ts',
    name: 'KEPT_QUERIES',
  },
];
