import type { EdgeJson } from '#shared/contract/report-json.ts';
import { callsIn, type GraphNode } from '../../charts/graph/model.ts';
import { ChosenCall, ChosenEdge } from './chosen.tsx';
import { ChosenFold } from './chosen-fold.tsx';
import type { Chosen } from './use-chosen.ts';

interface ChosenBelowProps {
  readonly chosen: Chosen;
  /** The box of the graph that the call stands in, where a graph is drawn. */
  readonly node: GraphNode | undefined;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onCall: (ref: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** What was chosen in the picture above, in full. */
export function ChosenBelow({ chosen, node, onEdge, onCall, onOpen, onClose }: ChosenBelowProps) {
  switch (chosen.kind) {
    case 'fold':
      return <ChosenFold fold={chosen.fold} onCall={onCall} onClose={onClose} />;
    case 'edge':
      return (
        <ChosenEdge
          edges={chosen.edges}
          position={chosen.position}
          onStep={(position) => {
            const edge = chosen.edges[position];
            if (edge !== undefined) onEdge(edge);
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
