import { useMemo, useState } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { EdgeLineMark } from '../../widgets/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge-words.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { DurationText, TimeText } from '../../widgets/numbers.tsx';
import { VirtualTable, type Column } from '../../widgets/virtual-table.tsx';
import { countLinks, type LinkCounts } from './link-counts.ts';

interface ChainTablesProps {
  readonly calls: readonly CallRow[];
  readonly edges: readonly EdgeJson[];
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
}

const ROW = 24;

/** The table twin of the graph: its calls and its links, every one of them, as two tables. */
export function ChainTables({ calls, edges, chosen, onCall, onEdge }: ChainTablesProps) {
  const [which, setWhich] = useState<'calls' | 'links'>('calls');
  const [active, setActive] = useState<number | undefined>(undefined);
  const links = useMemo(() => countLinks(edges), [edges]);
  const columns = useMemo(() => callColumns(links), [links]);
  const choose = (next: 'calls' | 'links'): void => {
    setWhich(next);
    setActive(undefined);
  };
  return (
    <div className="chain-tables">
      <div className="chain-tables-head">
        <div className="segmented" role="group" aria-label="Table">
          <button
            type="button"
            aria-pressed={which === 'calls'}
            onClick={() => {
              choose('calls');
            }}
          >
            Calls {formatCount(calls.length)}
          </button>
          <button
            type="button"
            aria-pressed={which === 'links'}
            onClick={() => {
              choose('links');
            }}
          >
            Links {formatCount(edges.length)}
          </button>
        </div>
        <span className="muted">{which === 'links' ? 'Enter shows the proof of a link' : 'Enter shows the call'}</span>
      </div>
      {which === 'calls' ? (
        <VirtualTable
          label="Calls of the chain"
          columns={columns}
          count={calls.length}
          rowHeight={ROW}
          row={(index) => calls[index]}
          active={active}
          onActive={(index) => {
            setActive(index);
            const call = calls[index];
            if (call !== undefined) onCall(call.ref);
          }}
          isSelected={(call) => call.ref === chosen}
        />
      ) : (
        <VirtualTable
          label="Links of the chain"
          columns={edgeColumns}
          count={edges.length}
          rowHeight={ROW}
          row={(index) => edges[index]}
          active={active}
          onActive={(index) => {
            setActive(index);
            const edge = edges[index];
            if (edge !== undefined) onEdge(edge);
          }}
        />
      )}
    </div>
  );
}

function callColumns(links: ReadonlyMap<string, LinkCounts>): readonly Column<CallRow>[] {
  return [
    { id: 'time', title: 'Time (UTC)', width: '172px', cell: (call) => <TimeText time={call.time} /> },
    {
      id: 'caller',
      title: 'Caller',
      width: 'minmax(110px, 1fr)',
      cell: (call) => (
        <span className="chain-line">
          <KindMark kind={call.kind ?? 'unknown'} />
          <MiddleText text={call.principalLabel ?? 'unknown'} tail={4} />
        </span>
      ),
    },
    {
      id: 'method',
      title: 'Method',
      width: '64px',
      cell: (call) => (
        <span className="mono">
          <EvidenceText text={call.method ?? ''} />
        </span>
      ),
    },
    {
      id: 'where',
      title: 'Host and path',
      width: 'minmax(180px, 1.7fr)',
      cell: (call) => <MiddleText text={`${call.host ?? ''}${call.path ?? ''}`} mono tail={18} />,
    },
    {
      id: 'status',
      title: 'Status',
      width: '56px',
      align: 'end',
      cell: (call) =>
        call.status === undefined ? null : <span className={call.status >= 400 ? 'status-bad' : undefined}>{call.status}</span>,
    },
    {
      id: 'ms',
      title: 'Took',
      width: '72px',
      align: 'end',
      cell: (call) => (call.durationMs === undefined ? null : <DurationText ms={call.durationMs} />),
    },
    { id: 'to', title: 'Causes', width: '60px', align: 'end', cell: (call) => formatCount(links.get(call.ref)?.to ?? 0) },
    { id: 'from', title: 'Effects', width: '60px', align: 'end', cell: (call) => formatCount(links.get(call.ref)?.from ?? 0) },
    {
      id: 'findings',
      title: 'Findings',
      width: '64px',
      align: 'end',
      cell: (call) => (call.findings === 0 ? null : <span className="status-bad">{formatCount(call.findings)}</span>),
    },
  ];
}

const edgeColumns: readonly Column<EdgeJson>[] = [
  {
    id: 'kind',
    title: 'Known by',
    width: '132px',
    cell: (edge) => (
      <span className="chain-line">
        <EdgeLineMark kind={edge.kind} />
        {EDGE_WORDS[edge.kind]}
      </span>
    ),
  },
  { id: 'sure', title: 'Sure', width: '56px', align: 'end', cell: (edge) => `${String(Math.round(edge.confidence * 100))} %` },
  { id: 'from', title: 'Cause', width: 'minmax(110px, 1fr)', cell: (edge) => <MiddleText text={edge.from} mono tail={20} /> },
  { id: 'to', title: 'Effect', width: 'minmax(110px, 1fr)', cell: (edge) => <MiddleText text={edge.to} mono tail={20} /> },
  { id: 'why', title: 'Why', width: 'minmax(180px, 2fr)', cell: (edge) => <MiddleText text={edge.why} tail={24} /> },
];
