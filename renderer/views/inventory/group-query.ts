import { MAX_QUERY_LENGTH } from '#shared/model/query-length.ts';
import { matching, matchingAny } from '../../query/queries.ts';
import type { InventoryRow } from './tree.ts';

type GroupRow = Exclude<InventoryRow, { kind: 'endpoint' }>;

/**
 * A query for the calls that a host or a service adds up to: all of a host's that are of an endpoint, or while the list is narrowed
 * those of the endpoints that are in it. `undefined` where so many endpoints cannot be named in one query.
 */
export function groupQuery({ kind, name, sum }: GroupRow, isNarrowed: boolean): string | undefined {
  if (kind === 'host' && !isNarrowed) return `${name === '' ? '-host:*' : matching('host', name)} and endpoint:*`;
  const query = matchingAny('endpoint', sum.ids);
  return query.length > MAX_QUERY_LENGTH ? undefined : query;
}
