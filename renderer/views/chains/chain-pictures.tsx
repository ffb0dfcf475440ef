import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { ChainDrawing } from '#shared/contract/chain-drawing.ts';
import { ChainGraph } from '../../charts/graph/chain-graph.tsx';
import { closeNode, hideNode, openNode } from '../../charts/graph/changes.ts';
import type { GraphView } from '../../charts/graph/groups.ts';
import type { GraphModel, GraphNode } from '../../charts/graph/model.ts';
import type { DrawnGraph } from '../../charts/graph/picture.ts';
import { keyWords } from '../../charts/picture-keys.ts';
import type { GraphSteps } from '../../charts/graph/use-graph-view.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { formatPlural } from '../../widgets/format.ts';
import { ChainTables } from './chain-tables.tsx';
import { chainName } from './chain-title.ts';
import { ChainMessages } from './messages/chain-messages.tsx';
import type { Mode, Picturing } from './modes.ts';
import { Sequence } from './sequence/sequence.tsx';
import { SequenceTable } from './sequence/sequence-table.tsx';
import { ChainSpread } from './spread/chain-spread.tsx';
import { Waterfall, type DrawnWaterfall, type FoldRow } from './waterfall.tsx';

export interface ChainPicturesProps {
  readonly detail: ChainDrawing;
  /** Those whose kinds are shown. */
  readonly edges: readonly EdgeJson[];
  readonly mode: Mode;
  /** The picture that the table stands for. */
  readonly last: Picturing;
  /** Boxes and lines of the graph; absent where neither it nor its table is drawn. */
  readonly model: GraphModel | undefined;
  readonly steps: GraphSteps;
  readonly call: string | undefined;
  /** The line or box that is marked in the graph, and the fold of the waterfall. */
  readonly marked: string | undefined;
  readonly fold: string | undefined;
  /** Hear of what was drawn, for saving it as a picture. */
  readonly onGraph: (drawn: DrawnGraph | undefined) => void;
  readonly onRows: (drawn: DrawnWaterfall) => void;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onFold: (fold: FoldRow) => void;
  readonly onMode: (mode: Mode) => void;
}

/** Changes how the graph is folded at one of its boxes. */
export const changeAt =
  (model: GraphModel | undefined, steps: GraphSteps, to: (view: GraphView, node: GraphNode) => GraphView | undefined) => (id: string) => {
    const node = model?.nodes.find((candidate) => candidate.id === id);
    const view = node === undefined ? undefined : to(steps.view, node);
    if (view !== undefined) steps.change(view);
  };

/** The chain as the picture that was chosen, or as the table that stands for it. */
export function ChainPictures(props: ChainPicturesProps) {
  const { detail, edges, mode, last, model, steps, call, onCall, onEdge } = props;
  switch (mode) {
    case 'waterfall':
      return (
        <Waterfall
          calls={detail.calls}
          edges={edges}
          usual={detail.usual}
          chosen={props.fold ?? call}
          onCall={onCall}
          onEdge={onEdge}
          onFold={props.onFold}
          onDrawn={props.onRows}
        />
      );
    case 'graph':
      return model === undefined ? null : <DrawnModel {...props} model={model} />;
    case 'sequence':
      return <Sequence calls={detail.calls} edges={edges} chosen={call} onCall={onCall} onEdge={onEdge} />;
    case 'messages':
      return (
        <ChainMessages
          chain={detail.chain.id}
          chosen={call}
          onCall={onCall}
          onWaterfall={() => {
            props.onMode('waterfall');
          }}
        />
      );
    case 'spread':
      return <ChainSpread chain={detail.chain.id} asTable={false} chosen={call} onCall={onCall} />;
    case 'table':
      if (last === 'spread') return <ChainSpread chain={detail.chain.id} asTable chosen={call} onCall={onCall} />;
      if (last === 'sequence') return <SequenceTable calls={detail.calls} edges={edges} chosen={call} onCall={onCall} />;
      return model === undefined ? null : (
        <ChainTables
          calls={detail.calls}
          edges={edges}
          model={model}
          chosen={call}
          onCall={onCall}
          onEdge={onEdge}
          onOpen={changeAt(model, steps, openNode)}
        />
      );
  }
}

/** For the label of the graph. */
const WHAT_KEYS_DO = [
  ['expand-node', 'takes apart'],
  ['collapse-node', 'puts effects away'],
  ['hide-node', 'hides'],
  ['prove-link', 'marks the ends of a way'],
  ['as-table', 'shows the table'],
] as const;

/** The graph, with what its keys do. */
function DrawnModel({ detail, model, steps, marked, onGraph, onCall, onEdge }: ChainPicturesProps & { readonly model: GraphModel }) {
  const keys = usePictureKeys();
  return (
    <ChainGraph
      keys={keys}
      model={model}
      label={`Graph of ${chainName(detail.chain.title)}: ${formatPlural(model.nodes.length, 'node')}, ${formatPlural(model.edges.length, 'link')}. ${['Arrow keys move along links', 'Enter opens', ...keyWords(WHAT_KEYS_DO, keys)].join(', ')}.`}
      chosen={marked}
      onNode={(id) => {
        const first = model.nodes.find((candidate) => candidate.id === id)?.calls[0];
        if (first !== undefined) onCall(first.ref);
      }}
      onEdge={(id) => {
        const first = model.edges.find((candidate) => candidate.id === id)?.edges[0];
        if (first !== undefined) onEdge(first);
      }}
      onOpen={changeAt(model, steps, openNode)}
      onCollapse={changeAt(model, steps, closeNode)}
      onHide={changeAt(model, steps, hideNode)}
      onBack={steps.back}
      onForward={steps.forward}
      onDrawn={onGraph}
    />
  );
}
