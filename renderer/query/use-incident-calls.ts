import { matching } from './queries.ts';
import { useEngineQuery } from './use-engine-query.ts';

/** A query for the calls of the incidents that are not dismissed; absent when there are none, or while that is not known. */
export function useIncidentCalls(): string | undefined {
  const findings = useEngineQuery('findings.list', {});
  const open = (findings.data ?? []).filter(({ family, status, mergedInto }) => family === 'incident' && (status !== 'dismissed' || mergedInto !== undefined));
  return open.length === 0 ? undefined : open.map(({ id }) => matching('finding', id)).join(' or ');
} // prettier-ignore
