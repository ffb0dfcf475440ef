import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { InputOf, Progress, ResultOf } from '#shared/contract/methods.ts';
import type { EngineMethods, HostMethods, SpoorClient } from '#shared/contract/table.ts';
import { useSession } from '../state/session.ts';
import { dependsOnReview } from './review-methods.ts';
import { createQueryCache, type Answer, type QueryCache } from './query-cache.ts';

type Methods = EngineMethods & HostMethods;
type Readable = { [Name in keyof Methods]: Methods[Name]['kind'] extends 'read' | 'host' ? Name : never }[keyof Methods];

/** A question's answer as a screen uses it. */
export interface QueryState<T> {
  /** The answer; while a changed question is still open, the last answer to the one before. */
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly loading: boolean;
  /** True when `data` answers an earlier question than the one asked now. */
  readonly stale: boolean;
  readonly reload: () => void;
  /** How far a long answer is; absent until the engine says so. */
  readonly progress: Progress | undefined;
  /** Gives the question up; the error is `cancelled` until it is asked again. */
  readonly stop: () => void;
}

const caches = new WeakMap<SpoorClient, QueryCache>();
function cacheOf(client: SpoorClient): QueryCache {
  const found = caches.get(client);
  if (found !== undefined) return found;
  const made = createQueryCache();
  caches.set(client, made);
  return made;
}

const IDLE: Answer<unknown> = { data: undefined, error: undefined, loading: false };
const WAITING: Answer<unknown> = { data: undefined, error: undefined, loading: true };

/**
 * Asks the engine and keeps the answer fresh: the key is method, parameters, open case and its revision, and the count of
 * the analyst's changes where the answer holds them. The latest question wins, a question that nobody waits for is cancelled, and the last answer stays while the next one loads.
 * `enabled: false` asks nothing.
 */
export function useEngineQuery<Name extends Readable>(
  name: Name,
  params: InputOf<Methods[Name]>,
  options: { readonly enabled?: boolean } = {},
): QueryState<ResultOf<Methods[Name]>> {
  type Result = ResultOf<Methods[Name]>;
  const client = useSession((state) => state.client);
  const revision = useSession((state) => state.revision);
  const caseId = useSession((state) => state.openCase?.id);
  const enabled = options.enabled !== false;
  const paramsText = JSON.stringify(params);
  const asksReview = useMemo(() => dependsOnReview(name, JSON.parse(paramsText)), [name, paramsText]);
  // Nothing but 0 for the others, so that a tag neither asks them anew nor draws them again.
  const review = useSession((state) => (asksReview ? state.review : 0));
  const key = `${name} ${paramsText} ${caseId ?? ''} ${String(revision)} ${String(review)}`;
  const cache = client === undefined ? undefined : cacheOf(client);

  const ask = useMemo(() => {
    // The parameters come back from their own text, so that a caller may write them in place without asking anew.
    const checked = JSON.parse(paramsText) as InputOf<Methods[Name]>;
    return (signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<unknown> =>
      client === undefined ? Promise.reject(new Error('bug: no client')) : client.call(name, checked, { signal, onProgress });
  }, [client, name, paramsText]);

  const subscribe = useCallback(
    (listener: () => void) => (cache === undefined || !enabled ? () => undefined : cache.watch(key, ask, listener)),
    [cache, enabled, key, ask],
  );
  const answer = useSyncExternalStore(subscribe, () => (!enabled ? IDLE : cache === undefined ? WAITING : cache.get(key)));

  // What was last shown, set while rendering so that no frame is drawn without it.
  const [kept, setKept] = useState<{ readonly caseId: string | undefined; readonly data: unknown } | undefined>(undefined);
  if (answer.data !== undefined && answer.data !== kept?.data) setKept({ caseId, data: answer.data });
  const last = kept?.caseId === caseId ? kept : undefined;
  // A lost connection is the frame's to tell: the question is asked again over the next one.
  const error = answer.error?.code === 'disconnected' ? undefined : answer.error;
  const stale = answer.data === undefined && error === undefined && last !== undefined;
  return {
    data: (stale ? last.data : answer.data) as Result | undefined,
    error,
    loading: answer.loading || answer.error?.code === 'disconnected',
    stale,
    reload: () => {
      cache?.reload(key, ask);
    },
    progress: answer.progress,
    stop: () => {
      cache?.stop(key);
    },
  };
}
