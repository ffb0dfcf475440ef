import { useMemo, useState, type ReactNode } from 'react';
import { listPaths, type WayGraph } from './paths.ts';
import { PathFinder, type FoundPaths, type PathEnds, type WayWords } from './path-finder.tsx';

interface Paths {
  /** Nodes and edges of the chosen way, when there is one. */
  readonly lit: ReadonlySet<string> | undefined;
  /** Absent while no way is looked for. */
  readonly panel: ReactNode;
  /** Takes a node as the next end; without one opens or closes the panel. */
  readonly take: (id: string | undefined) => void;
}

/** The search for ways between two nodes of a picture, with its panel. Shape: `model` and `words` change only with the picture. */
export function usePaths(model: WayGraph, words: WayWords, onNode: (id: string) => void): Paths {
  const [ends, setEnds] = useState<PathEnds | undefined>(undefined);
  const [chosen, setChosen] = useState(0);
  const found = useMemo(() => findPaths(model, words, ends), [model, words, ends]);
  const path = found?.paths[chosen];
  const lit = useMemo(() => (path === undefined ? undefined : new Set([...path.nodes, ...path.edges])), [path]);
  const change = (next: PathEnds | undefined): void => {
    setEnds(next);
    setChosen(0);
  };
  const take = (id: string | undefined): void => {
    if (id === undefined) change(ends === undefined ? { from: undefined, to: undefined } : undefined);
    else if (ends?.from === undefined || ends.to !== undefined) change({ from: id, to: undefined });
    else change({ from: ends.from, to: id });
  };
  const panel =
    ends === undefined ? undefined : (
      <PathFinder
        model={model}
        words={words}
        ends={ends}
        onEnds={change}
        found={found}
        chosen={chosen}
        onChoose={setChosen}
        onNode={onNode}
        onClose={() => {
          change(undefined);
        }}
      />
    );
  return { lit, panel, take };
}

/** Both ends must be in the picture; the earliest way joins the list where it is not among the shortest. */
function findPaths(model: WayGraph, words: WayWords, ends: PathEnds | undefined): FoundPaths | undefined {
  if (ends?.from === undefined || ends.to === undefined || ends.from === ends.to) return undefined;
  const paths = listPaths(model, ends.from, ends.to);
  const earliest = words.earliest?.(ends.from, ends.to);
  if (earliest === undefined) return { paths, earliest: undefined };
  const key = earliest.nodes.join(' ');
  const index = paths.findIndex(({ nodes }) => nodes.join(' ') === key);
  return index >= 0 ? { paths, earliest: index } : { paths: [...paths, earliest], earliest: paths.length };
}
