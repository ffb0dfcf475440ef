import type { ReactNode } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './skeleton.tsx';

interface AnswerProps<T> {
  readonly query: { readonly data: T | undefined; readonly error: AppError | undefined; readonly reload: () => void };
  /** What is asked for, as it reads in "Loading …" and "… could not be read". */
  readonly what: string;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** The loading and failed states of a question; `children` draws the answer and its empty state. */
export function Answer<T>({ query, what, lines = 4, children }: AnswerProps<T>) {
  if (query.error !== undefined) return <ErrorPanel error={query.error} title={`Could not read ${what}`} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeleton lines={lines} label={what} />;
  return children(query.data);
}
