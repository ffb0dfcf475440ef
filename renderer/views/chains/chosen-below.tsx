import type { EdgeJson } from '#shared/contract/report-json.ts';
import { callsIn, type GraphNode } from '../../charts/graph-model.ts';
import { ChosenCall, ChosenEdge } from './chosen.tsx';
import { ChosenFold } from './chosen-fold.tsx';
import type { FoldRow } from './waterfall.tsx';

/** What the lower half shows beside a call: the proof of links, one at a time, or a fold. */
export type Chosen =
  | { readonly kind: 'none' }
  | { readonly kind: 'edge'; readonly id: string; readonly edges: readonly EdgeJson[]; readonly position: number }
  | { readonly kind: 'fold'; readonly fold: FoldRow };

interface ChosenBelowProps {
  readonly chosen: Exclude<Chosen, { readonly kind: 'none' }> | { readonly kind: 'call'; readonly call: string };
  /** The box of the graph that the call stands in, where a graph is drawn. */
  readonly node: GraphNode | undefined;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onCall: (ref: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** What was chosen in the picture above, in full. */
export function ChosenBelow({ chosen, node, onChoose, onCall, onOpen, onClose }: ChosenBelowProps) {
  switch (chosen.kind) {
    case 'fold':
      return <ChosenFold fold={chosen.fold} onCall={onCall} onClose={onClose} />;
    case 'edge':
      return (
        <ChosenEdge
          edges={chosen.edges}
          position={chosen.position}
          onStep={(position) => {
            onChoose({ ...chosen, position });
          }}
          onCall={onCall}
          onClose={onClose}
        />
      );
    case 'call':
      return (
        <ChosenCall
          reference={chosen.call}
          siblings={node === undefined ? [] : callsIn(node)}
          onOpen={
            node?.opens === true
              ? () => {
                  onOpen(node.id);
                }
              : undefined
          }
          onCall={onCall}
          onClose={onClose}
        />
      );
  }
}
