import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import tokens from '#resources/styles/tokens.css?raw';
import type { EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDrawing } from '#shared/contract/chain-drawing.ts';
import { openNode } from '../../charts/graph/changes.ts';
import { UNTOUCHED } from '../../charts/graph/groups.ts';
import { callsIn, toGraph, type GraphModel } from '../../charts/graph/model.ts';
import { graphPicture, type DrawnGraph } from '../../charts/graph/picture.ts';
import { lightTokens } from '../../charts/light-tokens.ts';
import type { Picture } from '../../charts/picture-frame.ts';
import { useGraphView } from '../../charts/graph/use-graph-view.ts';
import { waterfallPicture } from '../../charts/time/waterfall-picture.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { ChainHead, countText } from './chain-head.tsx';
import { ChainPictures, changeAt } from './chain-pictures.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { ChosenBelow } from './chosen-below.tsx';
import { modeOfAct, type Mode, type Picturing } from './modes.ts';
import { pictureWords } from './picture-export.ts';
import { useChosen } from './use-chosen.ts';
import type { DrawnWaterfall } from './waterfall.tsx';

/** Up to here a graph can be read at a glance; longer chains begin as a waterfall. Units: calls. */
const GRAPH_FIRST = 40;

/** One chain: head with legend, one of the pictures of the same calls, and below it the proof or the call that is chosen. */
export function ChainPane({ detail }: { readonly detail: ChainDrawing }) {
  const { mode, last, show } = useMode(detail.chain.callCount);
  const [hidden, setHidden] = useState<ReadonlySet<EdgeKind>>(new Set());
  const [size, setSize] = usePaneSize('chain-proof', 280);
  const steps = useGraphView();
  const edges = useMemo(() => detail.edges.filter((edge) => !edge.kinds.every((kind) => hidden.has(kind))), [detail.edges, hidden]);
  // The other pictures draw without it: a chain of thousands opens sooner when nobody asked for its graph.
  const hasModel = mode === 'graph' || (mode === 'table' && (last === 'graph' || last === 'waterfall' || last === 'messages'));
  const model = useMemo(
    () => (hasModel ? toGraph(detail.calls, edges, steps.view) : undefined),
    [hasModel, detail.calls, edges, steps.view],
  );
  const { picture, onGraph, onRows } = usePicture(detail, mode, model);
  const { chosen, call, onCall, onEdge, onFold, onClose } = useChosen(detail, model);
  const pane = useRef<HTMLDivElement>(null);
  const keys = usePictureKeys();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null) return;
    const asked = modeOfAct(keys.read(event), mode, last);
    if (asked !== undefined) {
      // The picture that had the keyboard goes: the next key must still be heard.
      pane.current?.focus();
      show(asked);
    } else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  const node = mode === 'graph' ? model?.nodes.find((candidate) => callsIn(candidate).some((other) => other.ref === call)) : undefined;
  return (
    <div ref={pane} className="chain-pane" tabIndex={-1} onKeyDown={onKeyDown}>
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
            marked={chosen?.kind === 'edge' ? chosen.line?.id : node?.id}
            fold={chosen?.kind === 'fold' ? chosen.fold.key : undefined}
            onGraph={onGraph}
            onRows={onRows}
            onCall={onCall}
            onEdge={onEdge}
            onFold={onFold}
            onMode={show}
          />
        }
        second={
          chosen === undefined ? undefined : (
            <ChosenBelow
              chosen={chosen}
              node={node}
              onEdge={onEdge}
              onCall={onCall}
              onOpen={changeAt(model, steps, openNode)}
              onClose={onClose}
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

/** What was drawn last, and the picture to save of it; absent where the mode has none. */
function usePicture(detail: ChainDrawing, mode: Mode, model: GraphModel | undefined) {
  const graph = useRef<DrawnGraph | undefined>(undefined);
  const waterfall = useRef<DrawnWaterfall | undefined>(undefined);
  const onGraph = useCallback((drawn: DrawnGraph | undefined) => {
    graph.current = drawn;
  }, []);
  const onRows = useCallback((drawn: DrawnWaterfall) => {
    waterfall.current = drawn;
  }, []);
  const drawWaterfall = (): Picture | undefined => {
    if (waterfall.current === undefined) return undefined;
    const { rows, leftOut, path } = waterfall.current;
    const shown = [
      countText(detail, model),
      leftOut === 0 ? '' : `${formatPlural(leftOut, 'call')} left out on request`,
      path.size === 0 ? '' : 'critical path underlined',
    ].filter((part) => part !== '');
    return waterfallPicture(rows, detail.calls, pictureWords(detail, 'Waterfall', shown.join(' · ')), lightTokens(tokens), path);
  };
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
