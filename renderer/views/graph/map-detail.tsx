import { X } from 'lucide-react';
import { useState } from 'react';
import type { GraphLine, GraphMap, GraphNode } from '#shared/contract/graph.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { addClause } from '#shared/query/edit.ts';
import type { MapChoice } from '../../charts/map/chart.tsx';
import { describeLine, lineId } from '../../charts/map/line.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toCalls } from '../../state/places.ts';
import { follow } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { AnswerText } from '../../widgets/answer-text.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { DurationText, TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';
import { LineTable } from './map-tables.tsx';

interface MapDetailProps {
  readonly map: GraphMap;
  readonly query: string;
  readonly boxing: { readonly grouping: 'auto' | 'operation' | 'host'; readonly open: readonly string[] };
  readonly node: GraphNode | undefined;
  readonly line: GraphLine | undefined;
  readonly isOpen: boolean;
  /** Takes the host of a box apart, or folds it again. */
  readonly onOpen: (node: GraphNode) => void;
  readonly onHide: (node: GraphNode) => void;
  readonly onNarrow: (query: string) => void;
  readonly onChoose: (choice: MapChoice | undefined) => void;
}

/** What is chosen in the map: a box with its lines and the way to its calls, or the calls of a line. */
export function MapDetail({ map, query, boxing, node, line, isOpen, onOpen, onHide, onNarrow, onChoose }: MapDetailProps) {
  const close = (
    <IconButton
      icon={X}
      label="Close the details"
      title="Close"
      onClick={() => {
        onChoose(undefined);
      }}
    />
  );
  if (line !== undefined) return <LineCalls map={map} query={query} boxing={boxing} line={line} close={close} />;
  if (node === undefined) return null;
  const narrowed = node.clause === undefined ? undefined : addClause(query, node.clause);
  const { host } = node;
  return (
    <section className="graph-detail" aria-label="Chosen box">
      <div className="graph-detail-head">
        {node.severity === undefined ? null : <SeverityMark severity={node.severity} />}
        <h2>
          <EvidenceText text={node.label} />
        </h2>
        {narrowed === undefined ? (
          <span>{formatPlural(node.calls, 'call')}</span>
        ) : (
          <>
            <GoLink to={toCalls(narrowed)}>{formatPlural(node.calls, 'call')}</GoLink>
            <GoLink to={{ view: 'chains', query: narrowed, chain: undefined, call: undefined }}>Chains with such a call</GoLink>
            <button
              type="button"
              className="link"
              onClick={() => {
                onNarrow(narrowed);
              }}
            >
              Narrow the map to it
            </button>
          </>
        )}
        {node.failed > 0 ? <span className="status-bad">{formatCount(node.failed)} failed</span> : null}
        {node.layer === 'operation' && host !== undefined && (isOpen || node.id.startsWith('host:')) ? (
          <button
            type="button"
            className="link"
            onClick={() => {
              onOpen(node);
            }}
          >
            {isOpen ? 'Fold the endpoints of this host' : `Show its ${formatPlural(node.members, 'endpoint')}`}
          </button>
        ) : null}
        <button
          type="button"
          className="link"
          onClick={() => {
            onHide(node);
          }}
        >
          Hide it
        </button>
        {close}
      </div>
      <LineTable
        map={map}
        lines={map.lines.filter((each) => each.from === node.id || each.to === node.id)}
        choice={undefined}
        onChoose={onChoose}
      />
    </section>
  );
}

/** Calls of a line that are listed; the head says of how many. */
const MAX_CALLS = 500;

interface LineCallsProps extends Pick<MapDetailProps, 'map' | 'query' | 'boxing'> {
  readonly line: GraphLine;
  readonly close: React.ReactNode;
}

function LineCalls({ map, query, boxing, line, close }: LineCallsProps) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const calls = useEngineQuery('graph.calls', { query, ...boxing, from: line.from, to: line.to, role: line.role, count: MAX_CALLS });
  const nameOf = (id: string): string => map.nodes.find((node) => node.id === id)?.label ?? id;
  return (
    <section className="graph-detail" aria-label="Chosen line">
      <div className="graph-detail-head">
        <h2>
          <EvidenceText text={nameOf(line.from)} /> → <EvidenceText text={nameOf(line.to)} />
        </h2>
        <span className="muted">{describeLine(line)}</span>
        {calls.data !== undefined && calls.data.total > calls.data.rows.length ? (
          <span className="muted">the first {formatCount(calls.data.rows.length)} are listed</span>
        ) : null}
        {close}
      </div>
      <Answer query={calls} what="the calls of this line" lines={5}>
        {(page) => (
          <VirtualTable
            key={lineId(line)}
            label="Calls of the line"
            columns={callColumns}
            count={page.rows.length}
            rowHeight={24}
            row={(index) => page.rows[index]}
            active={active}
            onActive={setActive}
            onOpen={(index) => {
              const call = page.rows[index];
              if (call !== undefined) follow(toCall(call.ref));
            }}
          />
        )}
      </Answer>
    </section>
  );
}

const callColumns: readonly Column<CallRow>[] = [
  {
    id: 'time',
    title: 'Time (UTC)',
    width: '172px',
    cell: (call) => (
      <GoLink to={toCall(call.ref)}>
        <TimeText time={call.time} />
      </GoLink>
    ),
  },
  {
    id: 'caller',
    title: 'Principal',
    width: 'minmax(110px, 1fr)',
    cell: (call) => <MiddleText text={call.principalLabel ?? 'unknown'} tail={4} />,
  },
  {
    id: 'what',
    title: 'Call',
    width: 'minmax(180px, 2fr)',
    cell: (call) => <MiddleText text={`${call.method ?? ''} ${call.host ?? ''}${call.path ?? ''}`.trim()} mono tail={18} />,
  },
  {
    id: 'status',
    title: 'Status',
    width: '56px',
    align: 'end',
    cell: (call) => <AnswerText call={call} />,
  },
  {
    id: 'took',
    title: 'Took',
    width: '72px',
    align: 'end',
    cell: (call) => (call.durationMs === undefined ? null : <DurationText ms={call.durationMs} />),
  },
];
