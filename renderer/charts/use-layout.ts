import { useEffect, useState } from 'react';
import { startWorker } from '../host/trusted.ts';
import workerUrl from './layout.worker.ts?worker&url';
import type { LayoutInput, LayoutResult } from '#shared/graph/layered-layout.ts';
import type { LayoutOrder } from './layout.worker.ts';

/** After this the fine layout is given up and the linear one drawn. Units: ms. */
export const PATIENCE = 10_000;

export interface LayoutState {
  /** The last finished picture and what it is of; stays while the next one is made. */
  readonly result: LayoutResult | undefined;
  readonly of: LayoutInput | undefined;
  readonly busy: boolean;
  readonly cancel: () => void;
}

/** Places a graph in a worker of its own; a new graph, leaving the screen or ten seconds end that worker. */
export function useLayout(input: LayoutInput): LayoutState {
  const [done, setDone] = useState<{ readonly result: LayoutResult; readonly of: LayoutInput } | undefined>(undefined);
  const [simpler, setSimpler] = useState<LayoutInput | undefined>(undefined);
  const fine = simpler !== input;
  useEffect(() => {
    const worker = startWorker(workerUrl);
    const timer = window.setTimeout(() => {
      setSimpler(input);
    }, PATIENCE);
    worker.addEventListener('message', (event: MessageEvent<LayoutResult>) => {
      window.clearTimeout(timer);
      setDone({ result: event.data, of: input });
    });
    // A fault inside the fine layout must not leave the screen empty: the linear one always finishes.
    worker.addEventListener('error', () => {
      setSimpler(input);
    });
    worker.postMessage({ input, fine } satisfies LayoutOrder);
    return () => {
      window.clearTimeout(timer);
      worker.terminate();
    };
  }, [input, fine]);
  return {
    result: done?.result,
    of: done?.of,
    busy: done?.of !== input,
    cancel: () => {
      setSimpler(input);
    },
  };
}
