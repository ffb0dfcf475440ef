import { useEffect, useMemo, useState } from 'react';
import { startWorker } from '../../host/trusted.ts';
import type { GraphModel } from './model.ts';
import workerUrl from './layout.worker.ts?worker&url';
import type { LayoutResult } from '#shared/graph/layered-layout.ts';
import type { LayoutOrder } from './layout.worker.ts';
import { placeNew, planPlacement, type Pinned, type Plan, type Size } from './placement.ts';

/** After this the fine layout is given up and the linear one drawn. Units: ms. */
export const PATIENCE = 10_000;

interface LayoutState {
  /** Where the nodes stand, all but those that are being placed now; `undefined` while a picture is laid out from nothing. */
  readonly placed: Pinned | undefined;
  /** How many are being placed now. */
  readonly waiting: number;
  /** Gives the fine layout up. */
  readonly cancel: () => void;
  /** Forgets all places and lays the picture out from nothing. */
  readonly arrange: () => void;
}

/**
 * Places a graph in a worker of its own; a new graph, leaving the screen or ten seconds end that worker. What has a place
 * keeps it, so only what is new is laid out.
 */
export function useLayout(model: GraphModel, sizes: ReadonlyMap<string, Size>): LayoutState {
  const [pinned, setPinned] = useState<Pinned | undefined>(undefined);
  const [simpler, setSimpler] = useState<Plan | undefined>(undefined);
  const plan = useMemo(() => planPlacement(pinned, model, sizes), [pinned, model, sizes]);
  const fine = simpler !== plan;
  useEffect(() => {
    if (plan === undefined) return undefined;
    const worker = startWorker(workerUrl);
    const timer = window.setTimeout(() => {
      setSimpler(plan);
    }, PATIENCE);
    worker.addEventListener('message', (event: MessageEvent<LayoutResult>) => {
      window.clearTimeout(timer);
      setPinned(placeNew(pinned, plan, event.data, model, sizes));
    });
    // A fault inside the fine layout must not leave the screen empty: the linear one always finishes.
    worker.addEventListener('error', () => {
      setSimpler(plan);
    });
    worker.postMessage({ input: plan.input, direction: plan.direction, fine } satisfies LayoutOrder);
    return () => {
      window.clearTimeout(timer);
      worker.terminate();
    };
  }, [plan, fine, pinned, model, sizes]);
  return {
    placed: plan === undefined || plan.direction !== undefined ? pinned : undefined,
    waiting: plan?.ids.length ?? 0,
    cancel: () => {
      setSimpler(plan);
    },
    arrange: () => {
      setPinned(undefined);
    },
  };
}
