import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import tokens from '#resources/styles/tokens.css?raw';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { ChainGraph } from '../../charts/chain-graph.tsx';
import { closeNode, hideNode, openNode } from '../../charts/graph-changes.ts';
import { UNTOUCHED, type GraphView } from '../../charts/graph-groups.ts';
import { callsIn, toGraph, type GraphNode } from '../../charts/graph-model.ts';
import { graphPicture, type DrawnGraph } from '../../charts/graph-picture.ts';
import { lightTokens } from '../../charts/light-tokens.ts';
import type { Picture } from '../../charts/picture-frame.ts';
import type { TreeRow } from '../../charts/chain-tree.ts';
import { useGraphView } from '../../charts/use-graph-view.ts';
import { waterfallPicture } from '../../charts/waterfall-picture.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { formatPlural } from '../../widgets/format.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { ChainHead, countText, type Mode } from './chain-head.tsx';
import { ChainTables } from './chain-tables.tsx';
import { ChosenCall, ChosenEdge } from './chosen.tsx';
import { ChainMessages } from './messages/chain-messages.tsx';
import { Sequence } from './sequence/sequence.tsx';
import { SequenceTable } from './sequence/sequence-table.tsx';
import { ChainSpread } from './spread/chain-spread.tsx';
import { ChosenFold } from './chosen-fold.tsx';
import { pictureWords } from './picture-export.ts';
import { Waterfall, type FoldRow } from './waterfall.tsx';

/** Up to here a graph can be read at a glance; longer chains begin as a waterfall. Units: calls. */
const GRAPH_FIRST = 40;

/** What the lower half shows: the proof of a link, a fold, or a call. */
type Chosen =
  | { readonly kind: 'none' }
  | { readonly kind: 'edge'; readonly id: string; readonly edges: readonly EdgeJson[]; readonly position: number }
  | { readonly kind: 'fold'; readonly fold: FoldRow };

/** One chain: head with legend, one of three pictures of the same calls, and below it the proof or the call that is chosen. */
export function ChainPane({ detail }: { readonly detail: ChainDetail }) {
  const [mode, setMode] = useState<Mode>(detail.chain.callCount <= GRAPH_FIRST ? 'graph' : 'waterfall');
  const [last, setLast] = useState<Exclude<Mode, 'table'>>(mode === 'table' ? 'graph' : mode);
  const [hidden, setHidden] = useState<ReadonlySet<EdgeKind>>(new Set());
  const [chosen, setChosen] = useState<Chosen>({ kind: 'none' });
  const [size, setSize] = usePaneSize('chain-proof', 280);
  const steps = useGraphView();
  const drawnGraph = useRef<DrawnGraph | undefined>(undefined);
  const drawnRows = useRef<readonly TreeRow[]>([]);
  const onGraph = useCallback((drawn: DrawnGraph | undefined) => {
    drawnGraph.current = drawn;
  }, []);
  const onRows = useCallback((rows: readonly TreeRow[]) => {
    drawnRows.current = rows;
  }, []);
  const selected = usePlace('call');
  // A call chosen on another screen may be of another chain: here it would only be in the way.
  const call = detail.calls.some((other) => other.ref === selected || other.alsoSeenAs?.includes(selected ?? '') === true)
    ? selected
    : undefined;
  const edges = useMemo(() => detail.edges.filter((edge) => !edge.kinds.every((kind) => hidden.has(kind))), [detail.edges, hidden]);
  // The waterfall draws without it: a chain of thousands opens sooner when nobody asked for its graph.
  const model = useMemo(
    () => (mode === 'waterfall' ? undefined : toGraph(detail.calls, edges, steps.view)),
    [mode, detail.calls, edges, steps.view],
  );

  const show = (next: Mode): void => {
    setMode(next);
    if (next !== 'table') setLast(next);
  };
  const onCall = useCallback((ref: string) => {
    setChosen({ kind: 'none' });
    select({ call: ref });
  }, []);
  const onEdges = useCallback((id: string, list: readonly EdgeJson[]) => {
    setChosen({ kind: 'edge', id, edges: list, position: 0 });
  }, []);
  const onEdge = useCallback(
    (edge: EdgeJson) => {
      onEdges(`${edge.from} → ${edge.to}`, [edge]);
    },
    [onEdges],
  );
  const close = (): void => {
    setChosen({ kind: 'none' });
    select({ call: undefined });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 't' || event.key === 'T') show(mode === 'table' ? last : 'table');
    else if (event.key === 'w' || event.key === 'W') show('waterfall');
    else if (event.key === 'g' || event.key === 'G') show('graph');
    else if (event.key === 'q' || event.key === 'Q') show('sequence');
    else if (event.key === 'v' || event.key === 'V') show('messages');
    else if (event.key === 'r' || event.key === 'R') show('spread');
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  const change = (to: (view: GraphView, node: GraphNode) => GraphView | undefined) => (id: string) => {
    const node = model?.nodes.find((candidate) => candidate.id === id);
    const view = node === undefined ? undefined : to(steps.view, node);
    if (view !== undefined) steps.change(view);
  };
  const onOpen = change(openNode);
  const picture = (): Picture | undefined => {
    const words = pictureWords(detail, mode === 'graph' ? 'Graph' : 'Waterfall', countText(detail, model));
    if (mode === 'waterfall') return waterfallPicture(drawnRows.current, detail.calls, words, lightTokens(tokens));
    return drawnGraph.current === undefined ? undefined : graphPicture(drawnGraph.current, words, lightTokens(tokens));
  };

  const node = model?.nodes.find((candidate) => callsIn(candidate).some((other) => other.ref === call));
  const top =
    model === undefined ? (
      <Waterfall
        calls={detail.calls}
        edges={edges}
        chosen={chosen.kind === 'fold' ? chosen.fold.key : call}
        onCall={onCall}
        onEdge={onEdge}
        onFold={(fold) => {
          setChosen({ kind: 'fold', fold });
        }}
        onDrawn={onRows}
      />
    ) : mode === 'graph' ? (
      <ChainGraph
        model={model}
        label={`Graph of ${detail.chain.title}: ${formatPlural(model.nodes.length, 'node')}, ${formatPlural(model.edges.length, 'link')}. Arrow keys move along links, Enter opens, E takes apart, C puts effects away, H hides, P marks the ends of a way, T shows the table.`}
        chosen={chosen.kind === 'edge' ? chosen.id : node?.id}
        onNode={(id) => {
          const first = model.nodes.find((candidate) => candidate.id === id)?.calls[0];
          if (first !== undefined) onCall(first.ref);
        }}
        onEdge={(id) => {
          const edge = model.edges.find((candidate) => candidate.id === id);
          if (edge !== undefined) onEdges(id, edge.edges);
        }}
        onOpen={onOpen}
        onCollapse={change(closeNode)}
        onHide={change(hideNode)}
        onBack={steps.back}
        onForward={steps.forward}
        onDrawn={onGraph}
      />
    ) : mode === 'sequence' ? (
      <Sequence calls={detail.calls} edges={edges} chosen={call} onCall={onCall} onEdge={onEdge} />
    ) : mode === 'messages' ? (
      <ChainMessages
        chain={detail.chain.id}
        chosen={call}
        onCall={onCall}
        onWaterfall={() => {
          show('waterfall');
        }}
      />
    ) : mode === 'spread' || last === 'spread' ? (
      <ChainSpread chain={detail.chain.id} asTable={mode === 'table'} chosen={call} onCall={onCall} />
    ) : last === 'sequence' ? (
      <SequenceTable calls={detail.calls} edges={edges} chosen={call} onCall={onCall} />
    ) : (
      <ChainTables
        calls={detail.calls}
        edges={edges}
        model={model}
        chosen={call}
        onCall={onCall}
        onEdge={onEdge}
        onEdges={onEdges}
        onOpen={onOpen}
      />
    );
  const below =
    chosen.kind === 'fold' ? (
      <ChosenFold fold={chosen.fold} onCall={onCall} onClose={close} />
    ) : chosen.kind === 'edge' ? (
      <ChosenEdge
        edges={chosen.edges}
        position={chosen.position}
        onStep={(position) => {
          setChosen({ ...chosen, position });
        }}
        onCall={onCall}
        onClose={close}
      />
    ) : call !== undefined ? (
      <ChosenCall
        reference={call}
        siblings={mode === 'graph' && node !== undefined ? callsIn(node) : []}
        onOpen={
          node?.opens === true
            ? () => {
                onOpen(node.id);
              }
            : undefined
        }
        onCall={onCall}
        onClose={close}
      />
    ) : undefined;
  return (
    <div className="chain-pane" tabIndex={-1} onKeyDown={onKeyDown}>
      <ChainHead
        detail={detail}
        model={mode === 'graph' || mode === 'table' ? model : undefined}
        mode={mode}
        onMode={show}
        hidden={hidden}
        onKind={(kind) => {
          setHidden(toggled(hidden, kind));
        }}
        onReset={
          (mode !== 'graph' && mode !== 'table') || steps.view === UNTOUCHED
            ? undefined
            : () => {
                steps.change(UNTOUCHED);
              }
        }
        picture={mode === 'graph' || mode === 'waterfall' ? picture : undefined}
      />
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the details"
        first={top}
        second={below}
      />
    </div>
  );
}

/** The set with the member put in or taken out. */
function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
