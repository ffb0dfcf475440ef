import { useMemo, useState } from 'react';
import type { EdgeKind } from '#shared/contract/report-json.ts';
import type { GraphLine, GraphMap } from '#shared/contract/graph.ts';
import { lineId, MapChart, type MapChoice } from '../../charts/map-chart.tsx';
import type { Filter } from '../../filter/use-filter.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EdgeLineMark } from '../../widgets/edge-line.tsx';
import { EDGE_KINDS, EDGE_WORDS } from '../../widgets/edge-words.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { MapDetail } from './map-detail.tsx';
import { MapTables } from './map-tables.tsx';

/** What the legend names: how a line is known, or that it stands on attribution. */
type LineKind = EdgeKind | 'attributed';

const kindOf = (line: GraphLine): LineKind => line.kind ?? 'attributed';

interface MapPictureProps {
  readonly filter: Filter;
  readonly asTable: boolean;
}

/** The aggregate map of the calls that fit, with what is chosen in it below. */
export function MapPicture({ filter, asTable }: MapPictureProps) {
  const [grouping, setGrouping] = useState<'auto' | 'operation' | 'host'>('auto');
  const [open, setOpen] = useState<readonly string[]>([]);
  const map = useEngineQuery('graph.map', { query: filter.good, grouping, open });
  return (
    <Answer query={map} what="the map" lines={10}>
      {(data) => (
        <Drawn
          map={data}
          query={filter.good}
          asTable={asTable}
          grouping={grouping}
          onGrouping={setGrouping}
          open={open}
          onOpen={(host) => {
            setOpen(open.includes(host) ? open.filter((each) => each !== host) : [...open, host].slice(-MAX_OPEN));
          }}
          onNarrow={filter.apply}
        />
      )}
    </Answer>
  );
}

/** Hosts that stand open at once, as many as the question takes. */
const MAX_OPEN = 50;

interface DrawnProps {
  readonly map: GraphMap;
  readonly query: string;
  readonly asTable: boolean;
  readonly grouping: 'auto' | 'operation' | 'host';
  readonly onGrouping: (grouping: 'operation' | 'host') => void;
  readonly open: readonly string[];
  readonly onOpen: (host: string) => void;
  readonly onNarrow: (query: string) => void;
}

function Drawn({ map, query, asTable, grouping, onGrouping, open, onOpen, onNarrow }: DrawnProps) {
  const [hidden, setHidden] = useState<ReadonlySet<LineKind>>(new Set());
  const [choice, setChoice] = useState<MapChoice | undefined>(undefined);
  const [size, setSize] = usePaneSize('graph-detail', 260);
  const lines = useMemo(() => map.lines.filter((line) => !hidden.has(kindOf(line))), [map, hidden]);
  const node = choice?.kind === 'node' ? map.nodes.find(({ id }) => id === choice.id) : undefined;
  const line = choice?.kind === 'line' ? map.lines.find((each) => lineId(each) === choice.id) : undefined;
  const picture = asTable ? (
    <MapTables map={map} lines={lines} choice={choice} onChoose={setChoice} />
  ) : (
    <MapChart
      map={map}
      lines={lines}
      label={`Map of ${formatPlural(map.calls, 'call')}: ${formatPlural(map.nodes.length, 'box', 'boxes')}, ${formatPlural(lines.length, 'line')}. Arrow keys move along columns and lines, Enter opens, E takes a host apart, T shows the table.`}
      choice={choice}
      onChoose={setChoice}
      onOpen={(each) => {
        if (each.host !== undefined && each.layer === 'operation') onOpen(each.host);
      }}
    />
  );
  return (
    <>
      <div className="graph-bar muted">
        <span className="graph-shown">{shownText(map)}</span>
        <div className="segmented" role="group" aria-label="Operations">
          {(['operation', 'host'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={map.grouping === each}
              onClick={() => {
                onGrouping(each);
              }}
            >
              {each === 'operation' ? 'Operations' : 'Hosts'}
            </button>
          ))}
        </div>
      </div>
      <div className="graph-legend" role="group" aria-label="Lines by how they are known; press to hide or show">
        {(['attributed', ...EDGE_KINDS] as const).map((kind) => {
          const count = map.lines.filter((each) => kindOf(each) === kind).length;
          return count === 0 ? null : (
            <button
              key={kind}
              type="button"
              className="legend-item"
              aria-pressed={!hidden.has(kind)}
              onClick={() => {
                const next = new Set(hidden);
                if (!next.delete(kind)) next.add(kind);
                setHidden(next);
              }}
            >
              <EdgeLineMark kind={kind === 'attributed' ? 'initiator' : kind} />
              {kind === 'attributed' ? 'caller by attribution' : EDGE_WORDS[kind]} <span className="number">{formatCount(count)}</span>
            </button>
          );
        })}
      </div>
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the details"
        first={picture}
        second={
          node === undefined && line === undefined ? undefined : (
            <MapDetail
              key={choice?.id}
              map={map}
              query={query}
              boxing={{ grouping, open }}
              node={node}
              line={line}
              isOpen={node?.host !== undefined && open.includes(node.host)}
              onOpen={onOpen}
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
  const all = map.nodes.length < map.ungrouped ? `${boxes} for ${formatCount(map.ungrouped)} callers and operations` : boxes;
  const why =
    map.nodes.length >= map.ungrouped
      ? ''
      : map.grouping === 'host'
        ? ': operations stand for their host, but for models, tools and what findings name'
        : ': the rest would not be legible';
  const left = map.linesLeftOut === 0 ? '' : `; the ${formatCount(map.linesLeftOut)} thinnest lines are left out`;
  return `${all}${why} · ${formatPlural(map.lines.length, 'line')}${left}. Width is the logarithm of the calls.`;
}
