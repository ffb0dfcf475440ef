import { useMemo, useState } from 'react';
import type { GraphMap } from '#shared/contract/graph.ts';
import { MapChart, type DrawnMap, type MapChoice } from '../../charts/map/chart.tsx';
import { lineId } from '../../charts/map/line.ts';
import { keyWords } from '../../charts/picture-keys.ts';
import { useGraphView, type GraphSteps } from '../../charts/graph/use-graph-view.ts';
import type { Filter } from '../../filter/use-filter.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { Answer } from '../../widgets/answer.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { MapBar } from './map-bar.tsx';
import { foldHost, hideBox, openHost, type MapView } from './map-changes.ts';
import { MapDetail } from './map-detail.tsx';
import { lineKind, MapLegend, type LineKind } from './map-legend.tsx';
import { MapTables } from './map-tables.tsx';

interface MapPictureProps {
  readonly filter: Filter;
  readonly asTable: boolean;
}

type Grouping = 'auto' | 'operation' | 'host';

/** For the label of the map. */
const WHAT_KEYS_DO = [
  ['expand-node', 'takes a host apart'],
  ['collapse-node', 'folds it'],
  ['hide-node', 'hides'],
  ['prove-link', 'marks the ends of a way'],
  ['whole-picture', 'shows all'],
  ['as-table', 'shows the table'],
] as const;

/** The aggregate map of the calls that fit, with what is chosen in it below. */
export function MapPicture({ filter, asTable }: MapPictureProps) {
  const [grouping, setGrouping] = useState<Grouping>('auto');
  const steps = useGraphView();
  const open = useMemo(() => [...steps.view.opened], [steps.view.opened]);
  const map = useEngineQuery('graph.map', { query: filter.good, grouping, open });
  return (
    <Answer query={map} what="the map" lines={10}>
      {(data) => (
        <Drawn
          map={data}
          query={filter.good}
          asTable={asTable}
          boxing={{ grouping, open }}
          onGrouping={setGrouping}
          steps={steps}
          onNarrow={filter.apply}
        />
      )}
    </Answer>
  );
}

interface DrawnProps {
  readonly map: GraphMap;
  readonly query: string;
  readonly asTable: boolean;
  readonly boxing: { readonly grouping: Grouping; readonly open: readonly string[] };
  readonly onGrouping: (grouping: 'operation' | 'host') => void;
  readonly steps: GraphSteps;
  readonly onNarrow: (query: string) => void;
}

function Drawn({ map, query, asTable, boxing, onGrouping, steps, onNarrow }: DrawnProps) {
  const [hiddenKinds, setHiddenKinds] = useState<ReadonlySet<LineKind>>(new Set());
  const [choice, setChoice] = useState<MapChoice | undefined>(undefined);
  const [size, setSize] = usePaneSize('graph-detail', 260);
  const [picture, setPicture] = useState<DrawnMap | undefined>(undefined);
  const { view } = steps;
  const keys = usePictureKeys();
  const nodes = useMemo(() => map.nodes.filter(({ id }) => !view.hidden.has(id)), [map, view.hidden]);
  const lines = useMemo(
    () => map.lines.filter((line) => !hiddenKinds.has(lineKind(line)) && !view.hidden.has(line.from) && !view.hidden.has(line.to)),
    [map, hiddenKinds, view.hidden],
  );
  const node = choice?.kind === 'node' ? nodes.find(({ id }) => id === choice.id) : undefined;
  const line = choice?.kind === 'line' ? lines.find((each) => lineId(each) === choice.id) : undefined;
  const change = (next: MapView | undefined): void => {
    if (next !== undefined) steps.change({ ...view, ...next });
  };
  const shown: GraphMap = { ...map, nodes, lines };
  const drawn = asTable ? (
    <MapTables map={shown} lines={lines} choice={choice} onChoose={setChoice} />
  ) : (
    <MapChart
      keys={keys}
      map={map}
      nodes={nodes}
      lines={lines}
      label={`Map of ${formatPlural(map.calls, 'call')}: ${formatPlural(nodes.length, 'box', 'boxes')}, ${formatPlural(lines.length, 'line')}. ${['Arrow keys move along columns and lines', 'Enter opens', ...keyWords(WHAT_KEYS_DO, keys)].join(', ')}.`}
      choice={choice}
      onChoose={setChoice}
      onOpen={(each) => {
        change(openHost(view, each));
      }}
      onFold={(each) => {
        change(foldHost(view, each));
      }}
      onHide={(each) => {
        change(hideBox(view, each));
      }}
      onBack={steps.back}
      onForward={steps.forward}
      onDrawn={setPicture}
    />
  );
  return (
    <>
      <MapBar
        map={map}
        said={shownText(map)}
        hidden={map.nodes.length - nodes.length}
        picture={asTable ? undefined : picture}
        query={query}
        onGrouping={onGrouping}
        onShowAll={() => {
          change({ hidden: new Set() });
        }}
      />
      <MapLegend map={map} hidden={hiddenKinds} onHidden={setHiddenKinds} />
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the details"
        first={drawn}
        second={
          node === undefined && line === undefined ? undefined : (
            <MapDetail
              key={choice?.id}
              map={shown}
              query={query}
              boxing={boxing}
              node={node}
              line={line}
              isOpen={node?.host !== undefined && view.opened.has(node.host)}
              onOpen={(each) => {
                change(openHost(view, each) ?? foldHost(view, each));
              }}
              onHide={(each) => {
                change(hideBox(view, each));
              }}
              onNarrow={onNarrow}
              onChoose={setChoice}
            />
          )
        }
      />
    </>
  );
}

/** "n of m, why": nothing is left out without saying so. */
function shownText(map: GraphMap): string {
  const boxes = formatPlural(map.nodes.length, 'box', 'boxes');
  const all = map.nodes.length < map.ungrouped ? `${boxes} for ${formatCount(map.ungrouped)} principals and endpoints` : boxes;
  const why =
    map.nodes.length >= map.ungrouped
      ? ''
      : map.grouping === 'host'
        ? ': endpoints stand for their host, but for models, tools and what findings name'
        : ': the rest would not be legible';
  const left = map.linesLeftOut === 0 ? '' : `; the ${formatCount(map.linesLeftOut)} thinnest lines are left out`;
  return `${all}${why} · ${formatPlural(map.lines.length, 'line')}${left}. Width is the logarithm of the calls.`;
}
