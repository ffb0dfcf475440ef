import { useEffect, useRef } from 'react';
import { useReadOnly } from '../state/read-only.ts';
import { useSession } from '../state/session.ts';
import { useEngineQuery } from './use-engine-query.ts';

const NONE: readonly string[] = [];

/** Queries that were asked of the open case, latest first. They are kept in the case: what is asked tells of what is in it. */
export function useQueryHistory(): readonly string[] {
  const hasCase = useSession((state) => state.openCase !== undefined);
  return useEngineQuery('review.history', {}, { enabled: hasCase }).data ?? NONE;
}

/** Remembers each query once it is asked, and gives the history with it. */
export function useRememberedQuery(query: string): readonly string[] {
  const client = useSession((state) => state.client);
  const readOnly = useReadOnly();
  const history = useEngineQuery('review.history', {});
  const reload = useRef(history.reload);
  useEffect(() => {
    reload.current = history.reload;
  });
  const text = query.trim();
  useEffect(() => {
    if (text === '' || client === undefined || readOnly !== undefined) return;
    client.call('review.remember', { query: text }).then(
      ({ remembered }) => {
        if (remembered) reload.current();
      },
      // Not remembered is not worth a message: the query itself was asked.
      () => undefined,
    );
  }, [client, readOnly, text]);
  return history.data ?? NONE;
}
