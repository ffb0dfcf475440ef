import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { movedSources } from '#shared/model/common-time.ts';
import { depthOf, toForest, toRows, UNFOLDED, type TreeRow } from '../../charts/graph/chain-tree.ts';
import { TimeBars } from '../../charts/time/bars.tsx';
import { frameOf, type TimeFrame } from '../../charts/time/frame.ts';
import { TimeRuler } from '../../charts/time/ruler.tsx';
import { useSize } from '../../widgets/use-size.ts';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';
import { EdgeCell, NameCell, StatusCell, TookCell } from './waterfall-cells.tsx';
import { countOutsideCauses } from './outside-causes.ts';
import { WaterfallTools } from './waterfall-tools.tsx';

/** A row of alike calls as one. */
export type FoldRow = Extract<TreeRow, { readonly kind: 'fold' }>;

interface WaterfallProps {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  /** The call, or the key of the fold, that is chosen. */
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onFold: (row: FoldRow) => void;
  /** Hears of the rows that there are, for what saves the picture. */
  readonly onDrawn: (rows: readonly TreeRow[]) => void;
}

const ROW = 24;
/** Share of the width that the names take. */
const NAMES = 0.52;

/** One row a call, indented under its cause, its bar where it stands in time; alike siblings folded, a ruler that stays. */
export function Waterfall({ calls, edges, chosen, onCall, onEdge, onFold, onDrawn }: WaterfallProps) {
  const [ref, { width }] = useSize();
  const [unfolding, setUnfolding] = useState(UNFOLDED);
  const [active, setActive] = useState<number | undefined>(undefined);
  const forest = useMemo(() => toForest(calls, edges), [calls, edges]);
  const depth = useMemo(() => depthOf(forest), [forest]);
  const rows = useMemo(() => toRows(forest, unfolding), [forest, unfolding]);
  useEffect(() => {
    onDrawn(rows);
  }, [onDrawn, rows]);
  const closed = useMemo(() => rows.filter((row) => row.kind === 'fold' && !row.expanded), [rows]);
  const frame = useMemo(() => frameOf(calls), [calls]);
  const outside = useMemo(() => countOutsideCauses(calls, edges), [calls, edges]);
  const moved = useMemo(() => movedSources(calls), [calls]);
  const bars = Math.max(80, Math.floor(width * (1 - NAMES) - 150));
  // The same one always: rows in sight are drawn again only when something of their own changes.
  const toggle = useCallback((key: string) => {
    setUnfolding((old) => {
      const toggled = new Set(old.toggled);
      if (!toggled.delete(key)) toggled.add(key);
      return { ...old, toggled };
    });
  }, []);
  const columns = useMemo(() => waterfallColumns(frame, bars, onEdge, toggle), [frame, bars, onEdge, toggle]);
  const onKey = (event: KeyboardEvent, index: number): void => {
    const row = rows[index];
    if (row?.expanded === undefined) return;
    if ((event.key === 'ArrowRight' && !row.expanded) || (event.key === 'ArrowLeft' && row.expanded)) {
      event.preventDefault();
      toggle(row.key);
    }
  };
  return (
    <div ref={ref} className="waterfall">
      <WaterfallTools
        unfolding={unfolding}
        depth={depth}
        rows={rows.length}
        folds={closed.length}
        folded={closed.reduce((sum, row) => sum + row.calls.length, 0)}
        calls={calls.length}
        outside={outside}
        moved={moved}
        onUnfolding={setUnfolding}
      />
      <VirtualTable
        label="Calls of the chain, indented under their cause"
        columns={columns}
        count={rows.length}
        rowHeight={ROW}
        row={(index) => rows[index]}
        active={active === undefined ? undefined : Math.min(active, rows.length - 1)}
        onActive={(index) => {
          setActive(index);
          const row = rows[index];
          if (row?.kind === 'call') onCall(row.node.call.ref);
          else if (row !== undefined) onFold(row);
        }}
        onOpen={(index) => {
          const row = rows[index];
          if (row?.kind === 'fold') toggle(row.key);
          else if (row?.node.edge !== undefined) onEdge(row.node.edge);
        }}
        onKey={onKey}
        isSelected={(row) => row.key === chosen}
        tree={(row) => ({ level: row.depth + 1, expanded: row.expanded })}
      />
    </div>
  );
}

function waterfallColumns(
  frame: TimeFrame | undefined,
  width: number,
  onEdge: (edge: EdgeJson) => void,
  onToggle: (key: string) => void,
): readonly Column<TreeRow>[] {
  return [
    { id: 'call', title: 'Call', width: 'minmax(240px, 1fr)', cell: (row) => <NameCell row={row} onToggle={onToggle} /> },
    {
      id: 'edge',
      title: 'Known by',
      width: '40px',
      head: <span className="visually-hidden">Known by</span>,
      cell: (row) => <EdgeCell row={row} onEdge={onEdge} />,
    },
    { id: 'status', title: 'Status', width: '52px', align: 'end', cell: (row) => <StatusCell row={row} /> },
    { id: 'ms', title: 'Took', width: '72px', align: 'end', cell: (row) => <TookCell row={row} /> },
    {
      id: 'bar',
      title: 'Time',
      head:
        frame === undefined ? (
          <>No call has a time</>
        ) : (
          <>
            <span className="visually-hidden">Time since the start</span>
            <TimeRuler span={frame.span} width={width} />
          </>
        ),
      width: `${String(width + 16)}px`,
      cell: (row) => (frame === undefined ? null : <TimeBars calls={row.calls} frame={frame} width={width} height={ROW} />),
    },
  ];
}
