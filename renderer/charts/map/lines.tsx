import type { GraphLine } from '#shared/contract/graph.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount } from '../../widgets/format.ts';
import { BOX, linePath, type PlacedNode } from './layout.ts';
import { describeLine, lineId, lineStroke } from './line.ts';

interface MapLinesProps {
  readonly lines: readonly GraphLine[];
  readonly places: ReadonlyMap<string, PlacedNode>;
  readonly chosen: string | undefined;
  /** What stays in full ink; absent when nothing is chosen. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string) => void;
}

/** The lines of the map, under its boxes. Boxes are what the keyboard stops at. */
export function MapLines({ lines, places, chosen, lit, onChoose }: MapLinesProps) {
  return lines.map((line) => {
    const from = places.get(line.from);
    const to = places.get(line.to);
    if (from === undefined || to === undefined) return null;
    const id = lineId(line);
    return (
      <Line
        key={id}
        line={line}
        d={linePath(from, to)}
        isChosen={chosen === id}
        state={lit === undefined ? 'plain' : lit.has(id) ? 'lit' : 'recede'}
        onChoose={() => {
          onChoose(id);
        }}
      />
    );
  });
}

interface LineProps {
  readonly line: GraphLine;
  readonly d: string;
  readonly isChosen: boolean;
  readonly state: 'plain' | 'lit' | 'recede';
  readonly onChoose: () => void;
}

function Line({ line, d, isChosen, state, onChoose }: LineProps) {
  const { style, width, core } = lineStroke(line);
  return (
    <g className={`map-line ${state}${isChosen ? ' chosen' : ''}`} aria-hidden="true" onClick={onChoose}>
      <title>{toVisibleText(describeLine(line))}</title>
      <path d={d} className="map-hit" />
      <path d={d} className={`edge-line edge-${style}`} style={{ strokeWidth: width }} />
      {core === undefined ? null : <path d={d} className="map-core" style={{ strokeWidth: core }} />}
    </g>
  );
}

interface MapCountsProps {
  readonly lines: readonly GraphLine[];
  readonly places: ReadonlyMap<string, PlacedNode>;
  readonly lit: ReadonlySet<string> | undefined;
}

/** How many calls go over each line in full ink, above everything. */
export function MapCounts({ lines, places, lit }: MapCountsProps) {
  return lines.map((line) => {
    const from = places.get(line.from);
    const to = places.get(line.to);
    if (from === undefined || to === undefined || lit?.has(lineId(line)) !== true) return null;
    return <Count key={lineId(line)} line={line} from={from} to={to} />;
  });
}

function Count({ line, from, to }: { readonly line: GraphLine; readonly from: PlacedNode; readonly to: PlacedNode }) {
  const text = formatCount(line.calls);
  const isBeside = from.column === to.column;
  const x = isBeside ? from.x + BOX.width + BOX.between * 0.5 : (from.x + to.x + BOX.width) / 2;
  const y = (from.y + to.y + BOX.height) / 2;
  const wide = text.length * 7 + 8;
  return (
    <g aria-hidden="true" pointerEvents="none" transform={`translate(${String(x)} ${String(y)})`}>
      <g className="map-count">
        <rect x={-wide / 2} y={-8} width={wide} height={16} rx={3} className="map-count-ground" />
        <text y={4}>{text}</text>
      </g>
    </g>
  );
}
