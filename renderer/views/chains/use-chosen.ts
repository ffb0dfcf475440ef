import { useCallback, useMemo, useState } from 'react';
import type { ChainDrawing } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { GraphEdge, GraphModel } from '../../charts/graph/model.ts';
import { goTo, select, usePlace } from '../../state/selection.ts';
import type { FoldRow } from './waterfall.tsx';

/** What the lower half shows: a call, the proof of a link as one of those of its line, or a fold. */
export type Chosen =
  | { readonly kind: 'call'; readonly call: string }
  | { readonly kind: 'edge'; readonly edges: readonly EdgeJson[]; readonly position: number; readonly line: GraphEdge | undefined }
  | { readonly kind: 'fold'; readonly fold: FoldRow };

interface Choice {
  readonly chosen: Chosen | undefined;
  /** The selected call where it is one of the chain; one chosen on another screen would only be in the way. */
  readonly call: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onFold: (fold: FoldRow) => void;
  readonly onClose: () => void;
}

/**
 * What is chosen in a chain. Calls and links live in the address: a link that is opened is a step that Back undoes, and can be passed on.
 * A fold is how rows stand just now, and is forgotten.
 */
export function useChosen({ calls, edges }: ChainDrawing, model: GraphModel | undefined): Choice {
  const selected = usePlace('call');
  const cause = usePlace('edge');
  const [fold, setFold] = useState<FoldRow | undefined>(undefined);
  const call = useMemo(
    () => (calls.some(({ ref, alsoSeenAs }) => ref === selected || alsoSeenAs?.includes(selected ?? '') === true) ? selected : undefined),
    [calls, selected],
  );
  const edge = useMemo(
    () => (cause === undefined ? undefined : edges.find(({ from, to }) => from === cause && to === selected)),
    [edges, cause, selected],
  );
  const proof = useMemo(() => (edge === undefined ? undefined : toProof(edge, model)), [edge, model]);
  const onCall = useCallback((ref: string) => {
    setFold(undefined);
    select({ call: ref });
  }, []);
  const isOpen = edge !== undefined;
  const onEdge = useCallback(
    ({ from, to }: EdgeJson) => {
      setFold(undefined);
      // One step of the history however many links are looked at.
      (isOpen ? select : goTo)({ call: to, edge: from });
    },
    [isOpen],
  );
  const onClose = useCallback(() => {
    setFold(undefined);
    select({ call: undefined });
  }, []);
  const chosen: Chosen | undefined =
    fold !== undefined ? { kind: 'fold', fold } : (proof ?? (call === undefined ? undefined : { kind: 'call', call }));
  return { chosen, call, onCall, onEdge, onFold: setFold, onClose };
}

/** A link among those that the graph draws as one line with it, where there is a graph. */
function toProof(edge: EdgeJson, model: GraphModel | undefined): Chosen {
  const line = model?.edges.find(({ edges }) => edges.includes(edge));
  const edges = line?.edges ?? [edge];
  return { kind: 'edge', edges, position: edges.indexOf(edge), line };
}
