import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import tokens from '#resources/styles/tokens.css?raw';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import type { TreeRow } from '../../charts/chain-tree.ts';
import { openNode } from '../../charts/graph-changes.ts';
import { UNTOUCHED } from '../../charts/graph-groups.ts';
import { callsIn, toGraph, type GraphModel } from '../../charts/graph-model.ts';
import { graphPicture, type DrawnGraph } from '../../charts/graph-picture.ts';
import { lightTokens } from '../../charts/light-tokens.ts';
import type { Picture } from '../../charts/picture-frame.ts';
import { useGraphView } from '../../charts/use-graph-view.ts';
import { waterfallPicture } from '../../charts/waterfall-picture.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { ChainHead, countText } from './chain-head.tsx';
import { ChainPictures, changeAt } from './chain-pictures.tsx';
import { ChosenBelow, type Chosen } from './chosen-below.tsx';
import { modeOfKey, type Mode, type Picturing } from './modes.ts';
import { pictureWords } from './picture-export.ts';

/** Up to here a graph can be read at a glance; longer chains begin as a waterfall. Units: calls. */
const GRAPH_FIRST = 40;

/** One chain: head with legend, one of the pictures of the same calls, and below it the proof or the call that is chosen. */
export function ChainPane({ detail }: { readonly detail: ChainDetail }) {
  const { mode, last, show } = useMode(detail.chain.callCount);
  const [hidden, setHidden] = useState<ReadonlySet<EdgeKind>>(new Set());
  const [chosen, setChosen] = useState<Chosen>({ kind: 'none' });
  const [size, setSize] = usePaneSize('chain-proof', 280);
  const steps = useGraphView();
  const call = useCallOf(detail);
  const edges = useMemo(() => detail.edges.filter((edge) => !edge.kinds.every((kind) => hidden.has(kind))), [detail.edges, hidden]);
  // The other pictures draw without it: a chain of thousands opens sooner when nobody asked for its graph.
  const hasModel = mode === 'graph' || (mode === 'table' && (last === 'graph' || last === 'waterfall' || last === 'messages'));
  const model = useMemo(
    () => (hasModel ? toGraph(detail.calls, edges, steps.view) : undefined),
    [hasModel, detail.calls, edges, steps.view],
  );
  const { picture, onGraph, onRows } = usePicture(detail, mode, model);
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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const asked = modeOfKey(event.key, mode, last);
    if (asked !== undefined) show(asked);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  const node = mode === 'graph' ? model?.nodes.find((candidate) => callsIn(candidate).some((other) => other.ref === call)) : undefined;
  const below = chosen.kind !== 'none' ? chosen : call === undefined ? undefined : ({ kind: 'call', call } as const);
  return (
    <div className="chain-pane" tabIndex={-1} onKeyDown={onKeyDown}>
      <ChainHead
        detail={detail}
        model={model}
        mode={mode}
        onMode={show}
        hidden={hidden}
        onKind={(kind) => {
          setHidden(toggled(hidden, kind));
        }}
        onReset={
          model === undefined || steps.view === UNTOUCHED
            ? undefined
            : () => {
                steps.change(UNTOUCHED);
              }
        }
        picture={picture}
      />
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the details"
        first={
          <ChainPictures
            detail={detail}
            edges={edges}
            mode={mode}
            last={last}
            model={model}
            steps={steps}
            call={call}
            marked={chosen.kind === 'edge' ? chosen.id : node?.id}
            fold={chosen.kind === 'fold' ? chosen.fold.key : undefined}
            onGraph={onGraph}
            onRows={onRows}
            onCall={onCall}
            onEdges={onEdges}
            onFold={(fold) => {
              setChosen({ kind: 'fold', fold });
            }}
            onMode={show}
          />
        }
        second={
          below === undefined ? undefined : (
            <ChosenBelow
              chosen={below}
              node={node}
              onChoose={setChosen}
              onCall={onCall}
              onOpen={changeAt(model, steps, openNode)}
              onClose={close}
            />
          )
        }
      />
    </div>
  );
}

/** Which picture stands, and which one the table stands for. */
function useMode(calls: number) {
  const [{ mode, last }, setMode] = useState<{ readonly mode: Mode; readonly last: Picturing }>(() => {
    const first = calls <= GRAPH_FIRST ? 'graph' : 'waterfall';
    return { mode: first, last: first };
  });
  const show = (next: Mode): void => {
    setMode({ mode: next, last: next === 'table' ? last : next });
  };
  return { mode, last, show };
}

/** The chosen call where it is one of the chain; one chosen on another screen would only be in the way. */
function useCallOf({ calls }: ChainDetail): string | undefined {
  const selected = usePlace('call');
  return calls.some((other) => other.ref === selected || other.alsoSeenAs?.includes(selected ?? '') === true) ? selected : undefined;
}

/** What was drawn last, and the picture to save of it; absent where the mode has none. */
function usePicture(detail: ChainDetail, mode: Mode, model: GraphModel | undefined) {
  const graph = useRef<DrawnGraph | undefined>(undefined);
  const rows = useRef<readonly TreeRow[]>([]);
  const onGraph = useCallback((drawn: DrawnGraph | undefined) => {
    graph.current = drawn;
  }, []);
  const onRows = useCallback((drawn: readonly TreeRow[]) => {
    rows.current = drawn;
  }, []);
  const drawWaterfall = (): Picture =>
    waterfallPicture(rows.current, detail.calls, pictureWords(detail, 'Waterfall', countText(detail, model)), lightTokens(tokens));
  const drawGraph = (): Picture | undefined =>
    graph.current === undefined
      ? undefined
      : graphPicture(graph.current, pictureWords(detail, 'Graph', countText(detail, model)), lightTokens(tokens));
  const picture = mode === 'waterfall' ? drawWaterfall : mode === 'graph' ? drawGraph : undefined;
  return { picture, onGraph, onRows };
}

/** The set with the member put in or taken out. */
function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
