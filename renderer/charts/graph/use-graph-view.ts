import { useState } from 'react';
import { UNTOUCHED, type GraphView } from './groups.ts';

export interface GraphSteps {
  readonly view: GraphView;
  readonly change: (view: GraphView) => void;
  /** Absent where there is no such step. */
  readonly back: (() => void) | undefined;
  readonly forward: (() => void) | undefined;
}

/** What was opened, put away and hidden in a graph, with the steps that led there. */
export function useGraphView(): GraphSteps {
  const [steps, setSteps] = useState<{ readonly views: readonly GraphView[]; readonly at: number }>({ views: [UNTOUCHED], at: 0 });
  const { views, at } = steps;
  const go = (to: number) =>
    views[to] === undefined
      ? undefined
      : () => {
          setSteps({ views, at: to });
        };
  return {
    view: views[at] ?? UNTOUCHED,
    change: (view) => {
      setSteps({ views: [...views.slice(0, at + 1), view], at: at + 1 });
    },
    back: go(at - 1),
    forward: go(at + 1),
  };
}
