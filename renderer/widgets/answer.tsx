import type { ReactNode } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './skeleton.tsx';
import { WorkLine } from './work-line.tsx';

interface AnswerProps<T> {
  readonly query: {
    readonly data: T | undefined;
    readonly error: AppError | undefined;
    readonly reload: () => void;
    /** How far a long answer is, and how to give it up. */
    readonly progress?: Progress | undefined;
    readonly stop?: () => void;
  };
  /** What is asked for, as it reads in "Loading …" and "… could not be read". */
  readonly what: string;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** The loading, stopped and failed states of a question; `children` draws the answer and its empty state. */
export function Answer<T>({ query, what, lines = 4, children }: AnswerProps<T>) {
  const { data, error, progress, stop, reload } = query;
  if (error?.code === 'cancelled' && stop !== undefined) return <Stopped what={what} onAgain={reload} />;
  if (error !== undefined) return <ErrorPanel error={error} title={`Could not read ${what}`} onRetry={reload} />;
  const isWorking = progress !== undefined && stop !== undefined;
  // One shape with progress and without: what stands there must keep its state when a slow question begins and ends.
  return (
    <>
      {isWorking ? <WorkLine title={`Reading ${what}`} progress={progress} remaining={undefined} onCancel={stop} /> : null}
      {data !== undefined ? children(data) : isWorking ? null : <Skeleton lines={lines} label={what} />}
    </>
  );
}

/** The analyst gave the question up: nothing failed. */
export function Stopped({ what, onAgain }: { readonly what: string; readonly onAgain: () => void }) {
  return (
    <EmptyState
      title="Stopped"
      actions={
        <Button primary onClick={onAgain}>
          Read again
        </Button>
      }
    >
      Reading {what} was stopped. What was asked before is not affected.
    </EmptyState>
  );
}
