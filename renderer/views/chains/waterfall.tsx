import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { movedSources } from '#shared/model/common-time.ts';
import { isSlower, type UsualTime } from '#shared/model/usual-time.ts';
import { depthOf, toForest, toRows, UNFOLDED, type TreeRow, type Unfolding } from '../../charts/graph/chain-tree.ts';
import { findCriticalPath, lengthOf, listNodes, type CriticalPath } from '../../charts/graph/critical-path.ts';
import { leavesOutShort, waysToFindings } from '../../charts/graph/left-out.ts';
import type { TreeNode } from '../../charts/graph/tree-node.ts';
import { TimeBars } from '../../charts/time/bars.tsx';
import { frameOf, type TimeFrame } from '../../charts/time/frame.ts';
import { TimeRuler } from '../../charts/time/ruler.tsx';
import { useSize } from '../../widgets/use-size.ts';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';
import { EdgeCell, NameCell, StatusCell, TookCell } from './waterfall-cells.tsx';
import { countOutsideCauses } from './outside-causes.ts';
import { EVERYTHING, WaterfallTools, type Looking } from './waterfall-tools.tsx';

/** A row of alike calls as one. */
export type FoldRow = Extract<TreeRow, { readonly kind: 'fold' }>;

interface WaterfallProps {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  /** How long their endpoints usually take. */
  readonly usual: readonly UsualTime[];
  /** The call, or the key of the fold, that is chosen. */
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onFold: (row: FoldRow) => void;
  /** Hears of the rows that there are, for what saves the picture. */
  readonly onDrawn: (drawn: DrawnWaterfall) => void;
}

/** What of a waterfall is in sight. */
export interface DrawnWaterfall {
  readonly rows: readonly TreeRow[];
  /** Calls that were left out on request. */
  readonly leftOut: number;
  /** Empty while it is not marked. */
  readonly path: CriticalPath;
}

const ROW = 24;
/** Share of the width that the names take. */
const NAMES = 0.52;

/** One row a call, indented under its cause, its bar where it stands in time; alike siblings folded, a ruler that stays. */
export function Waterfall({ calls, edges, usual, chosen, onCall, onEdge, onFold, onDrawn }: WaterfallProps) {
  const [ref, { width }] = useSize();
  const [unfolding, setUnfolding] = useState(UNFOLDED);
  const [active, setActive] = useState<number | undefined>(undefined);
  const [looking, setLooking] = useState(EVERYTHING);
  const forest = useMemo(() => toForest(calls, edges), [calls, edges]);
  const depth = useMemo(() => depthOf(forest), [forest]);
  const frame = useMemo(() => frameOf(calls), [calls]);
  const { rows, leftOut } = useMemo(() => lookAt(forest, unfolding, looking, frame?.span ?? 0), [forest, unfolding, looking, frame]);
  const critical = useMemo(() => findCriticalPath(forest), [forest]);
  const path = looking.isCritical ? critical : NO_PATH;
  const slower = useMemo(() => findSlower(calls, usual), [calls, usual]);
  useEffect(() => {
    onDrawn({ rows, leftOut, path });
  }, [onDrawn, rows, leftOut, path]);
  const closed = useMemo(() => rows.filter((row) => row.kind === 'fold' && !row.expanded), [rows]);
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
  const columns = useMemo(
    () => waterfallColumns({ frame, width: bars, path, slower, onEdge, onToggle: toggle }),
    [frame, bars, path, slower, onEdge, toggle],
  );
  const choose = (index: number): void => {
    setActive(index);
    const row = rows[index];
    if (row?.kind === 'call') onCall(row.node.call.ref);
    else if (row !== undefined) onFold(row);
  };
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
        looking={looking}
        onLooking={setLooking}
        leftOut={leftOut}
        named={calls.filter(({ findings }) => findings > 0).length}
        critical={{ calls: critical.size, ms: lengthOf(critical) }}
        slower={slower.size}
        onSlower={() => {
          const places = rows.flatMap((row, place) => (row.calls.some((call) => slower.has(call.ref)) ? [place] : []));
          const next = places.find((place) => place > (active ?? -1)) ?? places[0];
          if (next !== undefined) choose(next);
        }}
      />
      <VirtualTable
        label="Calls of the chain, indented under their cause"
        columns={columns}
        count={rows.length}
        rowHeight={ROW}
        row={(index) => rows[index]}
        active={active === undefined ? undefined : Math.min(active, rows.length - 1)}
        onActive={choose}
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

const NO_PATH: CriticalPath = new Map();

/** The rows that are looked at, and how many calls are left out of them. */
function lookAt(
  forest: readonly TreeNode[],
  unfolding: Unfolding,
  { hidesShort, onlyFindings }: Looking,
  span: number,
): Pick<DrawnWaterfall, 'rows' | 'leftOut'> {
  const kept = onlyFindings ? waysToFindings(forest) : forest;
  let leftOut = onlyFindings ? listNodes(forest).length - listNodes(kept).length : 0;
  if (!hidesShort) return { rows: toRows(kept, unfolding), leftOut };
  const short = leavesOutShort(kept, span);
  const rows = toRows(kept, unfolding, (fold) => {
    const isOut = short.leavesOut(fold);
    if (isOut) leftOut += short.callsIn(fold);
    return isOut;
  });
  return { rows, leftOut };
}

/** Calls that took far longer than their endpoints do, with what these usually take. */
function findSlower(calls: readonly DrawnCall[], usual: readonly UsualTime[]): ReadonlyMap<string, UsualTime> {
  const byEndpoint = new Map(usual.map((each) => [each.endpoint, each]));
  return new Map(
    calls.flatMap((call) => {
      const known = byEndpoint.get(call.endpoint ?? '');
      return known !== undefined && isSlower(call.durationMs, known) ? [[call.ref, known] as const] : [];
    }),
  );
}

interface WaterfallColumns {
  readonly frame: TimeFrame | undefined;
  readonly width: number;
  readonly path: CriticalPath;
  readonly slower: ReadonlyMap<string, UsualTime>;
  readonly onEdge: (edge: EdgeJson) => void;
  readonly onToggle: (key: string) => void;
}

function waterfallColumns({ frame, width, path, slower, onEdge, onToggle }: WaterfallColumns): readonly Column<TreeRow>[] {
  return [
    {
      id: 'call',
      title: 'Call',
      width: 'minmax(240px, 1fr)',
      cell: (row) => <NameCell row={row} isCritical={row.calls.some(({ ref }) => path.has(ref))} onToggle={onToggle} />,
    },
    {
      id: 'edge',
      title: 'Known by',
      width: '40px',
      head: <span className="visually-hidden">Known by</span>,
      cell: (row) => <EdgeCell row={row} onEdge={onEdge} />,
    },
    { id: 'status', title: 'Status', width: '52px', align: 'end', cell: (row) => <StatusCell row={row} /> },
    { id: 'ms', title: 'Took', width: '72px', align: 'end', cell: (row) => <TookCell row={row} slower={slower} /> },
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
      cell: (row) =>
        frame === undefined ? null : (
          <TimeBars
            calls={row.calls}
            frame={frame}
            width={width}
            height={ROW}
            marked={row.calls.flatMap(({ ref }) => path.get(ref) ?? [])}
          />
        ),
    },
  ];
}
