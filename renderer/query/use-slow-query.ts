import { useEffect, useState } from 'react';
import { useSession } from '../state/session.ts';
import { askOnce } from './ask-once.ts';
import { createEta } from './eta.ts';

/** How long a query may take before its progress and a way to stop it are shown. Units: ms. */
const SLOW_AFTER = 5000;
/** Between two looks at the progress. Units: ms. */
const LOOK = 500;

/** How far a query has come; the numbers are left out where SQLite answers it, which says nothing before it is done. */
interface QueryProgress {
  readonly read?: number;
  readonly of?: number;
  /** Until it is answered; absent while that cannot be told. Units: ms. */
  readonly remaining?: number | undefined;
}

/** Watches a query whose first rows are awaited; says how far it is once it is slow, `undefined` until then. */
export function useSlowQuery(query: string, waiting: boolean): QueryProgress | undefined {
  const [progress, setProgress] = useState<(QueryProgress & { readonly query: string }) | undefined>(undefined);
  useEffect(() => {
    if (!waiting) return undefined;
    const began = Date.now();
    const eta = createEta(began);
    let isOver = false;
    const timer = window.setInterval(() => {
      if (Date.now() - began < SLOW_AFTER) return;
      // Not waited for: a process that is busy with SQL answers this, too, only when it is done.
      setProgress((known) => (known?.query === query ? known : { query }));
      askOnce('calls.progress', { query }).then(
        ({ read, of }) => {
          if (!isOver && read !== undefined && of !== undefined)
            setProgress({ query, read, of, remaining: eta.push(read, of, Date.now()) });
        },
        // A lost connection is the frame's to tell; the next look asks again.
        () => undefined,
      );
    }, LOOK);
    return () => {
      isOver = true;
      window.clearInterval(timer);
    };
  }, [query, waiting]);
  return waiting && progress?.query === query ? progress : undefined;
}

/** Ends a slow query with what it has found, or has one that was ended read to its end. */
export async function holdQuery(query: string, what: 'stop' | 'read-on'): Promise<void> {
  await askOnce('calls.hold', { query, what });
  // Every answer that was cut from the partial one is asked for anew.
  if (what === 'read-on') useSession.setState(({ revision }) => ({ revision: revision + 1 }));
}
