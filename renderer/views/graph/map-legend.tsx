import type { GraphLine, GraphMap } from '#shared/contract/graph.ts';
import type { EdgeKind } from '#shared/contract/report-json.ts';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_KINDS, EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';

/** What the legend names: how a line is known, or that it stands on attribution. */
export type LineKind = EdgeKind | 'attributed';

export const lineKind = (line: GraphLine): LineKind => line.kind ?? 'attributed';

interface MapLegendProps {
  readonly map: GraphMap;
  readonly hidden: ReadonlySet<LineKind>;
  readonly onHidden: (hidden: ReadonlySet<LineKind>) => void;
}

/** The kinds of lines in the map, each a switch. */
export function MapLegend({ map, hidden, onHidden }: MapLegendProps) {
  return (
    <div className="graph-legend" role="group" aria-label="Lines by how they are known; press to hide or show">
      {(['attributed', ...EDGE_KINDS] as const).map((kind) => {
        const count = map.lines.filter((each) => lineKind(each) === kind).length;
        return count === 0 ? null : (
          <button
            key={kind}
            type="button"
            className="legend-item"
            aria-pressed={!hidden.has(kind)}
            onClick={() => {
              const next = new Set(hidden);
              if (!next.delete(kind)) next.add(kind);
              onHidden(next);
            }}
          >
            <EdgeLineMark kind={kind === 'attributed' ? 'initiator' : kind} />
            {kind === 'attributed' ? 'principal by attribution' : EDGE_WORDS[kind]} <span className="number">{formatCount(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
