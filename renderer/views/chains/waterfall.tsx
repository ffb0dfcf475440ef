import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { toForest, toRows, type TreeRow } from '../../charts/chain-tree.ts';
import { TimeBars } from '../../charts/time-bars.tsx';
import { frameOf, startOf, type TimeFrame } from '../../charts/time-frame.ts';
import { TimeRuler } from '../../charts/time-ruler.tsx';
import { useSize } from '../../charts/use-size.ts';
import { EdgeLineMark } from '../../widgets/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge-words.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatDuration } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { DurationText } from '../../widgets/numbers.tsx';
import { SeverityShape, worstSeverity } from '../../widgets/severity-mark.tsx';
import { VirtualTable, type Column } from '../../widgets/virtual-table.tsx';

interface WaterfallProps {
  readonly calls: readonly CallRow[];
  readonly edges: readonly EdgeJson[];
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
}

/** Deepest indent; deeper rows say their depth instead. */
const MAX_INDENT = 8;
const INDENT = 14;
const ROW = 24;
/** Share of the width that the names take. */
const NAMES = 0.52;

/** One row a call, indented under its cause, its bar where it stands in time; alike siblings folded, a ruler that stays. */
export function Waterfall({ calls, edges, chosen, onCall, onEdge }: WaterfallProps) {
  const [ref, { width }] = useSize();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<number | undefined>(undefined);
  const forest = useMemo(() => toForest(calls, edges), [calls, edges]);
  const rows = useMemo(() => toRows(forest, toggled), [forest, toggled]);
  const frame = useMemo(() => frameOf(calls), [calls]);
  const bars = Math.max(80, Math.floor(width * (1 - NAMES) - 150));
  const toggle = (key: string): void => {
    const next = new Set(toggled);
    if (!next.delete(key)) next.add(key);
    setToggled(next);
  };
  const columns = useMemo(() => waterfallColumns(frame, bars, onEdge), [frame, bars, onEdge]);
  const withToggle = columns.map((column) =>
    column.id === 'call' ? { ...column, cell: (row: TreeRow) => <Name row={row} onToggle={toggle} /> } : column,
  );
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
      <VirtualTable
        label="Calls of the chain, indented under their cause"
        columns={withToggle}
        count={rows.length}
        rowHeight={ROW}
        row={(index) => rows[index]}
        active={active === undefined ? undefined : Math.min(active, rows.length - 1)}
        onActive={(index) => {
          setActive(index);
          const row = rows[index];
          if (row?.kind === 'call') onCall(row.node.call.ref);
        }}
        onOpen={(index) => {
          const row = rows[index];
          if (row?.kind === 'fold') toggle(row.key);
          else if (row?.node.edge !== undefined) onEdge(row.node.edge);
        }}
        onKey={onKey}
        isSelected={(row) => row.kind === 'call' && row.node.call.ref === chosen}
        tree={(row) => ({ level: row.depth + 1, expanded: row.kind === 'fold' ? undefined : row.expanded })}
      />
    </div>
  );
}

function waterfallColumns(frame: TimeFrame | undefined, width: number, onEdge: (edge: EdgeJson) => void): readonly Column<TreeRow>[] {
  return [
    { id: 'call', title: 'Call', width: 'minmax(240px, 1fr)', cell: () => null },
    {
      id: 'edge',
      title: 'Known by',
      width: '40px',
      head: <span className="visually-hidden">Known by</span>,
      cell: (row) => <EdgeButton row={row} onEdge={onEdge} />,
    },
    { id: 'status', title: 'Status', width: '52px', align: 'end', cell: (row) => <Status row={row} /> },
    { id: 'ms', title: 'Took', width: '72px', align: 'end', cell: (row) => <Took row={row} /> },
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
      cell: (row) => (frame === undefined ? null : <TimeBars calls={callsOf(row)} frame={frame} width={width} height={ROW} />),
    },
  ];
}

const callsOf = (row: TreeRow): readonly CallRow[] => (row.kind === 'call' ? [row.node.call] : row.nodes.map((node) => node.call));

function Name({ row, onToggle }: { readonly row: TreeRow; readonly onToggle: (key: string) => void }) {
  const [first] = callsOf(row);
  if (first === undefined) return null;
  const style: CSSProperties = { paddingInlineStart: Math.min(row.depth, MAX_INDENT) * INDENT };
  const template = first.endpoint === undefined ? (first.path ?? '') : first.endpoint.slice(Math.max(0, first.endpoint.indexOf('/')));
  const Arrow = row.expanded === true ? ChevronDown : ChevronRight;
  const severity = worstSeverity(callsOf(row));
  return (
    <div className="wname" style={style}>
      {row.depth > MAX_INDENT ? (
        <span className="wcrumb" title={`${String(row.depth)} levels deep`}>
          …{row.depth}
        </span>
      ) : null}
      {row.expanded === undefined ? (
        <span className="wtoggle" />
      ) : (
        <button
          type="button"
          className="wtoggle"
          tabIndex={-1}
          aria-label={
            row.kind === 'fold' ? (row.expanded ? 'Fold again' : `Show all ${String(row.nodes.length)}`) : row.expanded ? 'Close' : 'Open'
          }
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row.key);
          }}
        >
          <Arrow size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
      )}
      <KindMark kind={first.kind ?? 'unknown'} />
      <span className="mono muted">
        <EvidenceText text={first.method ?? ''} />
      </span>
      <MiddleText text={row.kind === 'fold' ? template : (first.path ?? template)} mono tail={16} />
      {row.kind === 'fold' ? <span className="wcount">×{formatCount(row.nodes.length)}</span> : null}
      {severity === undefined ? null : (
        <svg
          className="wfinding"
          width="12"
          height="12"
          viewBox="0 0 12 12"
          role="img"
          aria-label={`named by a finding of severity ${severity}`}
        >
          <SeverityShape severity={severity} />
        </svg>
      )}
      <span className="whost faint">
        <EvidenceText text={first.host ?? ''} />
      </span>
    </div>
  );
}

function EdgeButton({ row, onEdge }: { readonly row: TreeRow; readonly onEdge: (edge: EdgeJson) => void }) {
  const edge = row.kind === 'call' ? row.node.edge : row.nodes[0]?.edge;
  if (edge === undefined) return null;
  return (
    <button
      type="button"
      className="wedge"
      tabIndex={-1}
      aria-label={`Proof: ${EDGE_WORDS[edge.kind]}`}
      title={`${EDGE_WORDS[edge.kind]}, ${String(Math.round(edge.confidence * 100))} %: show the proof`}
      onClick={(event) => {
        event.stopPropagation();
        onEdge(edge);
      }}
    >
      <EdgeLineMark kind={edge.kinds.includes('value') ? 'value' : edge.kind} />
    </button>
  );
}

function Status({ row }: { readonly row: TreeRow }) {
  const calls = callsOf(row);
  if (row.kind === 'call') {
    const status = row.node.call.status;
    return status === undefined ? null : <span className={status >= 400 ? 'status-bad' : undefined}>{status}</span>;
  }
  const statuses = [...new Set(calls.flatMap((call) => (call.status === undefined ? [] : [call.status])))];
  const [only] = statuses;
  return (
    <span title={statuses.join(', ')} className={statuses.some((status) => status >= 400) ? 'status-bad' : undefined}>
      {statuses.length === 1 ? only : statuses.length > 1 ? 'mixed' : ''}
    </span>
  );
}

/** How long a call took; for a fold, from the begin of its first to the end of its last, with the slowest in the tooltip. */
function Took({ row }: { readonly row: TreeRow }) {
  const calls = callsOf(row);
  if (row.kind === 'call') return row.node.call.durationMs === undefined ? null : <DurationText ms={row.node.call.durationMs} />;
  const starts = calls.flatMap((call) => startOf(call) ?? []);
  const ends = calls.flatMap((call) => {
    const at = startOf(call);
    return at === undefined ? [] : [at + (call.durationMs ?? 0)];
  });
  const slowest = calls.reduce((max, call) => Math.max(max, call.durationMs ?? 0), 0);
  if (starts.length === 0) return null;
  const from = starts.reduce((min, at) => Math.min(min, at), Infinity);
  const to = ends.reduce((max, at) => Math.max(max, at), -Infinity);
  return (
    <span title={`the slowest took ${formatDuration(slowest)}`}>
      <DurationText ms={to - from} />
    </span>
  );
}
