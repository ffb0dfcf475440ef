import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { toGraph } from '../../charts/graph-model.ts';
import { ChainGraph } from '../../charts/chain-graph.tsx';
import { usePaneSize } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { formatPlural } from '../../widgets/format.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { ChainHead, type Mode } from './chain-head.tsx';
import { ChainTables } from './chain-tables.tsx';
import { ChosenCall, ChosenEdge } from './chosen.tsx';
import { ChainMessages } from './messages/chain-messages.tsx';
import { Sequence } from './sequence/sequence.tsx';
import { SequenceTable } from './sequence/sequence-table.tsx';
import { ChainSpread } from './spread/chain-spread.tsx';
import { Waterfall } from './waterfall.tsx';

/** Up to here a graph can be read at a glance; longer chains begin as a waterfall. Units: calls. */
const GRAPH_FIRST = 40;

/** What the lower half shows: the proof of a link, or a call. */
type Chosen =
  | { readonly kind: 'none' }
  | { readonly kind: 'edge'; readonly id: string; readonly edges: readonly EdgeJson[]; readonly position: number };

/** One chain: head with legend, one of three pictures of the same calls, and below it the proof or the call that is chosen. */
export function ChainPane({ detail }: { readonly detail: ChainDetail }) {
  const [mode, setMode] = useState<Mode>(detail.chain.callCount <= GRAPH_FIRST ? 'graph' : 'waterfall');
  const [last, setLast] = useState<Exclude<Mode, 'table'>>(mode === 'table' ? 'graph' : mode);
  const [hidden, setHidden] = useState<ReadonlySet<EdgeKind>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Chosen>({ kind: 'none' });
  const [size, setSize] = usePaneSize('chain-proof', 280);
  const selected = usePlace('call');
  // A call chosen on another screen may be of another chain: here it would only be in the way.
  const call = detail.calls.some((other) => other.ref === selected || other.alsoSeenAs?.includes(selected ?? '') === true)
    ? selected
    : undefined;
  const edges = useMemo(() => detail.edges.filter((edge) => !edge.kinds.every((kind) => hidden.has(kind))), [detail.edges, hidden]);
  const model = useMemo(() => toGraph(detail.calls, edges, opened), [detail.calls, edges, opened]);

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
  const close = (): void => {
    setChosen({ kind: 'none' });
    select({ call: undefined });
  };
  const toggleKind = (kind: EdgeKind): void => {
    setHidden(toggled(hidden, kind));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null) return;
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

  const node = model.nodes.find((candidate) => candidate.calls.some((other) => other.ref === call));
  const picture =
    mode === 'graph' ? (
      <ChainGraph
        model={model}
        label={`Graph of ${detail.chain.title}: ${formatPlural(model.nodes.length, 'node')}, ${formatPlural(model.edges.length, 'link')}. Arrow keys move along links, Enter opens, T shows the table.`}
        chosen={chosen.kind === 'edge' ? chosen.id : node?.id}
        onNode={(id) => {
          const first = model.nodes.find((candidate) => candidate.id === id)?.calls[0];
          if (first !== undefined) onCall(first.ref);
        }}
        onEdge={(id) => {
          const edge = model.edges.find((candidate) => candidate.id === id);
          if (edge !== undefined) onEdges(id, edge.edges);
        }}
        onOpen={(id) => {
          setOpened(toggled(opened, id));
        }}
      />
    ) : mode === 'waterfall' ? (
      <Waterfall
        calls={detail.calls}
        edges={edges}
        chosen={call}
        onCall={onCall}
        onEdge={(edge) => {
          onEdges(edgeId(edge), [edge]);
        }}
      />
    ) : mode === 'sequence' ? (
      <Sequence
        calls={detail.calls}
        edges={edges}
        chosen={call}
        onCall={onCall}
        onEdge={(edge) => {
          onEdges(edgeId(edge), [edge]);
        }}
      />
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
        chosen={call}
        onCall={onCall}
        onEdge={(edge) => {
          onEdges(edgeId(edge), [edge]);
        }}
      />
    );
  const below =
    chosen.kind === 'edge' ? (
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
        siblings={mode === 'graph' ? (node?.calls ?? []) : []}
        onOpen={
          node?.opens === true
            ? () => {
                setOpened(toggled(opened, node.id));
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
        model={model}
        mode={mode}
        onMode={show}
        hidden={hidden}
        onKind={toggleKind}
        opened={opened.size}
        onFoldAll={() => {
          setOpened(new Set());
        }}
      />
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the details"
        first={picture}
        second={below}
      />
    </div>
  );
}

const edgeId = (edge: EdgeJson): string => `${edge.from} → ${edge.to}`;

/** The set with the member put in or taken out. */
function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
