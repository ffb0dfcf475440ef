import type { Limit } from '../model/limit.ts';
import { MAX_QUERY_LENGTH } from '../model/query-length.ts';
import { MAX_QUERY_DEPTH, MAX_QUERY_CONDITIONS } from './parse.ts';

/** Limits of a query. */
export const queryLimits: readonly Limit[] = [
  {
    area: 'Queries and lists',
    what: 'Length of a query',
    value: MAX_QUERY_LENGTH,
    unit: 'characters',
    why: 'Nobody reads more',
    where: 'shared/model/query-length.ts',
    name: 'MAX_QUERY_LENGTH',
  },
  {
    area: 'Queries and lists',
    what: 'Nesting of a query',
    value: MAX_QUERY_DEPTH,
    unit: 'count',
    why: 'More is a mistake, and recursion must end',
    where: 'shared/query/parse.ts',
    name: 'MAX_QUERY_DEPTH',
  },
  {
    area: 'Queries and lists',
    what: 'Conditions of a query',
    value: MAX_QUERY_CONDITIONS,
    unit: 'count',
    why: 'Each becomes some SQL',
    where: 'shared/query/parse.ts',
    name: 'MAX_QUERY_CONDITIONS',
  },
];
