import { useMemo } from 'react';
import { useEngineQuery } from './use-engine-query.ts';

/** Which of the eight colours and shapes each tag of the case has, by its name. */
export function useTagSlots(): ReadonlyMap<string, number> {
  const tags = useEngineQuery('review.tags', {});
  return useMemo(() => new Map((tags.data ?? []).map(({ tag, slot }) => [tag, slot])), [tags.data]);
}
