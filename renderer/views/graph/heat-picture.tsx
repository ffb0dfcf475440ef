import { useMemo, useState } from 'react';
import { HEAT_SLICES, type GraphHeat } from '#shared/contract/graph.ts';
import { HeatGrid, type HeatCell } from '../../charts/heat-grid.tsx';
import type { Filter } from '../../filter/use-filter.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { follow } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { HeatTable } from './heat-table.tsx';
import { toGrid } from './grid.ts';

const CALLERS = 40;
const OPERATIONS = 60;
/** Units: CSS px. */
const TIME_CELL = { width: 9, widest: 24, height: 24 } as const;
const MATRIX_CELL = { width: 24, widest: 24, height: 24 } as const;

interface HeatPictureProps {
  readonly filter: Filter;
  readonly shape: 'time' | 'matrix';
  readonly asTable: boolean;
}

/** Callers over time, or operations by caller, as cells in one hue; each opens its calls. */
export function HeatPicture({ filter, shape, asTable }: HeatPictureProps) {
  const heat = useEngineQuery('graph.heat', { query: filter.good, slices: HEAT_SLICES, callers: CALLERS, operations: OPERATIONS });
  return (
    <Answer query={heat} what="the counts" lines={10}>
      {(data) =>
        shape === 'time' && data.slices.length === 0 ? (
          <EmptyState title={`None of ${formatPlural(data.calls, 'call')} carries a time`}>The matrix counts them without one.</EmptyState>
        ) : (
          <Drawn data={data} filter={filter} shape={shape} asTable={asTable} />
        )
      }
    </Answer>
  );
}

function Drawn({ data, filter, shape, asTable }: HeatPictureProps & { readonly data: GraphHeat }) {
  const [cursor, setCursor] = useState<HeatCell | undefined>(undefined);
  const grid = useMemo(() => toGrid(data, shape), [data, shape]);
  const at = cursor !== undefined && cursor.row < grid.rows.length && cursor.column < grid.columns.length ? cursor : undefined;
  const describe = (cell: HeatCell): string =>
    `${grid.rows[cell.row] ?? ''}, ${grid.spell(cell.column)}: ${formatPlural(grid.values[cell.row]?.[cell.column] ?? 0, 'call')}`;
  const queryOf = (cell: HeatCell): string | undefined => grid.narrow(filter.good, cell);
  const open = (cell: HeatCell): void => {
    const query = queryOf(cell);
    if (query !== undefined) follow(toCalls(query));
  };
  if (asTable) return <HeatTable grid={grid} label={titleOf(data, shape)} onOpen={open} />;
  const query = at === undefined ? undefined : queryOf(at);
  return (
    <>
      <div className="graph-bar muted">
        <span className="graph-shown">{titleOf(data, shape)}</span>
        <span>One hue by the logarithm of the count. Arrow keys move, Enter opens the calls, T shows the table.</span>
      </div>
      <HeatGrid
        label={`${titleOf(data, shape)}. Arrow keys move from cell to cell, Enter opens the calls.`}
        rows={grid.rows}
        columns={grid.columns}
        values={grid.values}
        describe={describe}
        cursor={at}
        onCursor={setCursor}
        onOpen={open}
        heads={shape === 'matrix' ? 'upright' : { every: 16 }}
        cell={shape === 'matrix' ? MATRIX_CELL : TIME_CELL}
      />
      <div className="graph-cell">
        {at === undefined ? (
          <span className="muted">No cell is chosen.</span>
        ) : (
          <>
            <span>
              <EvidenceText text={describe(at)} />
            </span>
            {query === undefined ? (
              <span className="muted">These are counted together and have no query of their own.</span>
            ) : (
              <>
                <GoLink to={toCalls(query)}>Open the calls</GoLink>
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    filter.apply(query);
                  }}
                >
                  Narrow the picture to them
                </button>
              </>
            )}
          </>
        )}
      </div>
    </>
  );
}

/** What is drawn and how much of it. */
function titleOf(data: GraphHeat, shape: 'time' | 'matrix'): string {
  const callers = data.callers.reduce((sum, { members }) => sum + members, 0);
  const operations = data.operations.reduce((sum, { members }) => sum + members, 0);
  const untimed = data.untimed === 0 ? '' : `, ${formatCount(data.untimed)} without a time left out`;
  return shape === 'time'
    ? `${formatPlural(data.calls, 'call')} of ${formatPlural(callers, 'principal')} over time (UTC)${untimed}`
    : `${formatPlural(data.calls, 'call')}: ${formatPlural(operations, 'endpoint')} by ${formatPlural(callers, 'principal')}`;
}
