import { useMemo, useState } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { callsIn, type GraphModel } from '../../charts/graph/model.ts';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { CommonTime } from '../../widgets/common-time.tsx';
import { AnswerText } from '../../widgets/answer-text.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { DurationText } from '../../widgets/numbers.tsx';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';
import { lineColumns, nodeColumns } from './graph-columns.tsx';
import { countLinks, type LinkCounts } from './link-counts.ts';

interface ChainTablesProps {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  /** The graph as it stands. */
  readonly model: GraphModel;
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  readonly onEdge: (edge: EdgeJson) => void;
  /** Takes a node apart. */
  readonly onOpen: (id: string) => void;
}

const ROW = 24;

const TABLES = ['calls', 'links', 'nodes', 'lines'] as const;
type Table = (typeof TABLES)[number];

const HINTS: Readonly<Record<Table, string>> = {
  calls: 'Every call of the chain. A row shows the call',
  links: 'Every link between two calls. A row shows its proof',
  nodes: 'What the graph draws now. A row shows its first call, Enter takes it apart',
  lines: 'What the graph draws now. A row shows the proof of its links',
};

/** The table twin of the pictures: all calls and links, and the nodes and lines of the graph as it stands. */
export function ChainTables({ calls, edges, model, chosen, onCall, onEdge, onOpen }: ChainTablesProps) {
  const [which, setWhich] = useState<Table>('calls');
  const [active, setActive] = useState<number | undefined>(undefined);
  const columns = useMemo(() => callColumns(countLinks(edges)), [edges]);
  const ofNodes = useMemo(() => nodeColumns(model), [model]);
  const ofLines = useMemo(() => lineColumns(model), [model]);
  const rows = { calls, links: edges, nodes: model.nodes, lines: model.edges };
  /** What every one of the four tables has; `act` hears of the row that the keyboard is on. */
  function table<Row>(label: string, list: readonly Row[], act: (row: Row) => void) {
    return {
      label,
      count: list.length,
      rowHeight: ROW,
      row: (index: number) => list[index],
      active,
      onActive: (index: number) => {
        setActive(index);
        const row = list[index];
        if (row !== undefined) act(row);
      },
    };
  }
  return (
    <div className="chain-tables">
      <div className="chain-tables-head">
        <div className="segmented" role="group" aria-label="Table">
          {TABLES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={which === each}
              onClick={() => {
                setWhich(each);
                setActive(undefined);
              }}
            >
              {TITLES[each]} {formatCount(rows[each].length)}
            </button>
          ))}
        </div>
        <span className="muted">{HINTS[which]}</span>
      </div>
      {which === 'calls' ? (
        <VirtualTable
          {...table('Calls of the chain', calls, (call) => {
            onCall(call.ref);
          })}
          columns={columns}
          isSelected={(call) => call.ref === chosen}
        />
      ) : which === 'links' ? (
        <VirtualTable {...table('Links of the chain', edges, onEdge)} columns={edgeColumns} />
      ) : which === 'nodes' ? (
        <VirtualTable
          {...table('Nodes of the graph', model.nodes, ({ calls: [first] }) => {
            if (first !== undefined) onCall(first.ref);
          })}
          columns={ofNodes}
          isSelected={(node) => callsIn(node).some(({ ref }) => ref === chosen)}
          onOpen={(index) => {
            const node = model.nodes[index];
            if (node !== undefined) onOpen(node.id);
          }}
        />
      ) : (
        <VirtualTable
          {...table('Lines of the graph', model.edges, ({ edges: [first] }) => {
            if (first !== undefined) onEdge(first);
          })}
          columns={ofLines}
        />
      )}
    </div>
  );
}

const TITLES: Readonly<Record<Table, string>> = { calls: 'Calls', links: 'Links', nodes: 'Nodes', lines: 'Lines' };

function callColumns(links: ReadonlyMap<string, LinkCounts>): readonly Column<DrawnCall>[] {
  return [
    { id: 'time', title: 'Time (UTC)', width: '188px', cell: (call) => <CommonTime call={call} /> },
    {
      id: 'caller',
      title: 'Principal',
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
      cell: (call) => <AnswerText call={call} />,
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
