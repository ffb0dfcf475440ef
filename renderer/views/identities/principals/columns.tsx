import { TriangleAlert } from 'lucide-react';
import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { useTableColumns, type TableColumns } from '../../../state/use-table-columns.ts';
import { toLayout } from '../../../widgets/column-layout.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import type { Column } from '../../../widgets/table-column.ts';
import { RUNGS } from './words.ts';

/** Every column of the table of principals. */
export const principalColumns: readonly Column<PrincipalJson>[] = [
  {
    id: 'principal',
    title: 'Principal',
    width: 'minmax(200px, 1.6fr)',
    cell: ({ label, conflicts }) => (
      <>
        {conflicts.length === 0 ? null : (
          <TriangleAlert size={12} strokeWidth={1.5} className="severity-medium" role="img" aria-label="signs contradict each other" />
        )}{' '}
        <EvidenceText text={label} />
      </>
    ),
  },
  { id: 'kind', title: 'Kind', width: '96px', cell: ({ kind }) => <KindMark kind={kind} word /> },
  {
    id: 'rung',
    title: 'Told by',
    width: '170px',
    cell: ({ rung }) => (
      <span title={`Rung ${String(rung)} of 7 of the ladder of attribution`}>
        {rung} · {RUNGS[rung] ?? 'unknown'}
      </span>
    ),
  },
  { id: 'why', title: 'Why', width: 'minmax(200px, 2fr)', cell: ({ why }) => <EvidenceText text={why} /> },
  {
    id: 'owner',
    title: 'Owner',
    width: '140px',
    cell: ({ owner, kind }) =>
      owner === undefined ? <span className={kind === 'agent' ? 'severity-medium' : 'faint'}>none</span> : <EvidenceText text={owner} />,
  },
  {
    id: 'credentials',
    title: 'Credentials',
    width: '130px',
    cell: ({ credentials }) => (credentials.length === 0 ? <span className="faint">none</span> : credentials.slice(0, 3).join(', ')),
  },
  { id: 'calls', title: 'Calls', width: '90px', align: 'end', cell: ({ calls }) => formatCount(calls) },
  {
    id: 'first',
    title: 'First seen',
    width: '150px',
    cell: ({ firstSeen }) => (firstSeen === undefined ? null : <TimeText time={firstSeen} />),
  },
  {
    id: 'last',
    title: 'Last seen',
    width: '150px',
    cell: ({ lastSeen }) => (lastSeen === undefined ? null : <TimeText time={lastSeen} />),
  },
];

const USUAL = toLayout(['principal', 'kind', 'rung', 'why', 'owner', 'credentials', 'calls']);

/** The columns as the analyst laid them out. */
export const usePrincipalColumns = (): TableColumns<PrincipalJson> => useTableColumns('principals', principalColumns, USUAL);
