import { useMemo, useState } from 'react';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { EdgeLineMark } from '../../../widgets/edge/edge-line.tsx';
import { EDGE_WORDS } from '../../../widgets/edge/edge-words.ts';
import { CommonTime } from '../../../widgets/common-time.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { DurationText } from '../../../widgets/numbers.tsx';
import { VirtualTable, type Column } from '../../../widgets/table/virtual-table.tsx';
import { toSequence, type SequenceMessage } from './sequence-model.ts';

interface SequenceTableProps {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
}

interface Row {
  readonly message: SequenceMessage;
  readonly first: DrawnCall;
  readonly from: string;
  readonly to: string;
}

/** The table twin of the sequence diagram: every message of every phase. */
export function SequenceTable({ calls, edges, chosen, onCall }: SequenceTableProps) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const rows = useMemo(
    () =>
      toSequence(calls, edges).phases.flatMap(({ messages, participants }) =>
        messages.flatMap((message): readonly Row[] => {
          const [first] = message.calls;
          if (first === undefined) return [];
          return [{ message, first, from: participants[message.from]?.label ?? '', to: participants[message.to]?.label ?? '' }];
        }),
      ),
    [calls, edges],
  );
  return (
    <VirtualTable
      label="Messages of the chain"
      columns={columns}
      count={rows.length}
      rowHeight={24}
      row={(index) => rows[index]}
      active={active}
      onActive={(index) => {
        setActive(index);
        const row = rows[index];
        if (row !== undefined) onCall(row.first.ref);
      }}
      isSelected={({ message }) => message.calls.some((call) => call.ref === chosen)}
    />
  );
}

const columns: readonly Column<Row>[] = [
  { id: 'time', title: 'Time (UTC)', width: '188px', cell: ({ first }) => <CommonTime call={first} /> },
  { id: 'from', title: 'From', width: 'minmax(110px, 1fr)', cell: ({ from }) => <MiddleText text={from} tail={8} /> },
  { id: 'to', title: 'To', width: 'minmax(110px, 1fr)', cell: ({ to }) => <MiddleText text={to} tail={8} /> },
  {
    id: 'what',
    title: 'Message',
    width: 'minmax(180px, 1.7fr)',
    cell: ({ first }) => <MiddleText text={`${first.method ?? ''} ${first.path ?? ''}`.trim()} mono tail={18} />,
  },
  { id: 'count', title: 'Calls', width: '56px', align: 'end', cell: ({ message }) => formatCount(message.calls.length) },
  {
    id: 'status',
    title: 'Status',
    width: '72px',
    align: 'end',
    cell: ({ message }) => <EvidenceText text={[...new Set(message.calls.flatMap((call) => call.status ?? []))].join(', ')} />,
  },
  {
    id: 'took',
    title: 'Took',
    width: '72px',
    align: 'end',
    cell: ({ first, message }) =>
      message.calls.length > 1 || first.durationMs === undefined ? null : <DurationText ms={first.durationMs} />,
  },
  {
    id: 'proof',
    title: 'Known by',
    width: '132px',
    cell: ({ message: { edge } }) =>
      edge === undefined ? (
        <span className="faint">nothing led to it</span>
      ) : (
        <span className="chain-line">
          <EdgeLineMark kind={edge.kind} />
          {EDGE_WORDS[edge.kind]}
        </span>
      ),
  },
];
