import { useMemo, useState, type ReactNode } from 'react';
import type { SpreadStep } from '#shared/contract/graph.ts';
import { EDGE_WORDS } from './edge/edge-words.ts';
import { EvidenceText } from './evidence-text.tsx';
import { formatCount } from './format.ts';
import { MiddleText } from './middle-text.tsx';
import { TimeText } from './numbers.tsx';
import { VirtualTable, type Column } from './table/virtual-table.tsx';

interface SpreadTableProps {
  readonly steps: readonly SpreadStep[];
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  /** How many calls went to a host, as a link to them. */
  readonly callsOf: (step: SpreadStep) => ReactNode;
}

/** The table twin of the spread: one row a host. */
export function SpreadTable({ steps, chosen, onCall, callsOf }: SpreadTableProps) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const columns = useMemo((): readonly Column<SpreadStep>[] => [...BEFORE, { ...CALLS, cell: callsOf }, FAILED], [callsOf]);
  return (
    <VirtualTable
      label="Hosts reached"
      columns={columns}
      count={steps.length}
      rowHeight={24}
      row={(index) => steps[index]}
      active={active}
      onActive={(index) => {
        setActive(index);
        const step = steps[index];
        if (step !== undefined) onCall(step.call);
      }}
      isSelected={(step) => step.call === chosen}
    />
  );
}

const BEFORE: readonly Column<SpreadStep>[] = [
  { id: 'time', title: 'First call (UTC)', width: '172px', cell: (step) => <TimeText time={step.time} /> },
  { id: 'host', title: 'Host', width: 'minmax(150px, 1.4fr)', cell: (step) => <MiddleText isHost text={step.host} mono tail={14} /> },
  {
    id: 'domain',
    title: 'Trust domain',
    width: 'minmax(120px, 1fr)',
    cell: (step) => <EvidenceText text={`${step.domain}${step.isNewDomain ? ' (new)' : ''}`} />,
  },
  { id: 'who', title: 'By', width: 'minmax(110px, 1fr)', cell: (step) => <MiddleText text={step.principalLabel ?? 'unknown'} tail={8} /> },
  { id: 'with', title: 'With', width: '96px', cell: (step) => step.credential ?? <span className="faint">none</span> },
  {
    id: 'how',
    title: 'Known by',
    width: '132px',
    cell: ({ from }) => (from === undefined ? 'nothing known' : `${EDGE_WORDS[from.kind]} ${String(Math.round(from.confidence * 100))} %`),
  },
];
const CALLS = { id: 'calls', title: 'Calls', width: '96px', align: 'end' } as const;
const FAILED: Column<SpreadStep> = { id: 'failed', title: 'Failed', width: '64px', align: 'end', cell: (step) => formatCount(step.failed) };
