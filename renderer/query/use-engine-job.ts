import { useCallback, useEffect, useRef, useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import type { InputOf, Progress, ResultOf } from '#shared/contract/methods.ts';
import type { EngineMethods, HostMethods } from '#shared/contract/table.ts';
import { addTask, endTask, updateTask, useSession } from '../state/session.ts';
import { noteFailure } from '../state/task-log.ts';
import { createEta } from './eta.ts';

type Methods = EngineMethods & HostMethods;

/** A long piece of work as a screen shows it. */
export type JobState<T> =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly progress: Progress | undefined;
      readonly remaining: number | undefined;
      readonly cancel: () => void;
    }
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Runs one method at a time with progress and cancel, shown in the status bar too; a cancel goes back to `idle`. */
export function useEngineJob<Name extends keyof Methods>(
  name: Name,
  title: string,
): readonly [JobState<ResultOf<Methods[Name]>>, (params: InputOf<Methods[Name]>) => void] {
  type Result = ResultOf<Methods[Name]>;
  const [state, setState] = useState<JobState<Result>>({ kind: 'idle' });
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    (params: InputOf<Methods[Name]>) => {
      const client = useSession.getState().client;
      if (client === undefined) return;
      const abort = new AbortController();
      const cancel = (): void => {
        abort.abort();
      };
      // The work outlives the screen (the status bar still shows it); only the screen's own state stops.
      const show = (next: JobState<Result>): void => {
        if (mounted.current) setState(next);
      };
      const task = addTask(title, cancel);
      const eta = createEta(performance.now());
      show({ kind: 'running', progress: undefined, remaining: undefined, cancel });
      const onProgress = (progress: Progress): void => {
        const remaining = eta.push(progress.done, progress.total, performance.now());
        updateTask(task, { progress, remaining });
        show({ kind: 'running', progress, remaining, cancel });
      };
      client.call(name, params, { signal: abort.signal, onProgress }).then(
        (result) => {
          endTask(task);
          show({ kind: 'done', result });
        },
        (thrown: unknown) => {
          const error = toAppError(thrown);
          noteFailure(task, error);
          endTask(task);
          show(error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error });
        },
      );
    },
    [name, title],
  );
  return [state, run];
}
