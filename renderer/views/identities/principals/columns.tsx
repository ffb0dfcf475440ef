import { TriangleAlert } from 'lucide-react';
import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { useTableColumns, type TableColumns } from '../../../state/use-table-columns.ts';
import { toLayout } from '../../../widgets/table/column-layout.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import type { Column } from '../../../widgets/table/table-column.ts';
import { rungPlace, RUNGS } from './words.ts';

/** Every column of the table of principals. */
export const principalColumns: readonly Column<PrincipalJson>[] = [
  {
    id: 'principal',
    title: 'Principal',
    width: 'minmax(160px, 1.4fr)',
    sortable: true,
    cell: ({ label, conflicts }) => (
      <>
        {conflicts.length === 0 ? null : (
          <TriangleAlert size={12} strokeWidth={1.5} className="severity-medium" role="img" aria-label="signs contradict each other" />
        )}{' '}
        <EvidenceText text={label} />
      </>
    ),
  },
  { id: 'kind', title: 'Kind', width: '92px', sortable: true, cell: ({ kind, weak }) => <KindMark kind={kind} weak={weak} word /> },
  {
    id: 'rung',
    title: 'Known by',
    width: '176px',
    sortable: true,
    cell: ({ rung }) => <span title={rungPlace(rung)}>{RUNGS[rung] ?? 'unknown'}</span>,
  },
  {
    id: 'owner',
    title: 'Owner',
    width: 'minmax(80px, 0.6fr)',
    sortable: true,
    cell: ({ owner, kind }) =>
      owner === undefined ? <span className={kind === 'agent' ? 'severity-medium' : 'faint'}>none</span> : <EvidenceText text={owner} />,
  },
  {
    id: 'credentials',
    title: 'Credentials',
    width: '92px',
    align: 'end',
    sortable: true,
    cell: ({ credentials }) => (credentials.length === 0 ? <span className="faint">0</span> : formatCount(credentials.length)),
  },
  {
    id: 'calls',
    title: 'Calls',
    width: '72px',
    align: 'end',
    sortable: true,
    cell: ({ id, calls }) => <GoLink to={toCalls(matching('principal', id))}>{formatCount(calls)}</GoLink>,
  },
  {
    id: 'own',
    title: 'Made itself',
    width: '92px',
    align: 'end',
    sortable: true,
    cell: ({ id, calls, hops = 0 }) => <GoLink to={toCalls(`${matching('principal', id)} -is:hop`)}>{formatCount(calls - hops)}</GoLink>,
  },
  { id: 'why', title: 'Why', width: 'minmax(110px, 2fr)', cell: ({ why }) => <EvidenceText text={why} /> },
  {
    id: 'first',
    title: 'First seen (UTC)',
    width: '150px',
    sortable: true,
    cell: ({ firstSeen }) => (firstSeen === undefined ? null : <TimeText time={firstSeen} to="min" />),
  },
  {
    id: 'last',
    title: 'Last seen (UTC)',
    width: '150px',
    sortable: true,
    cell: ({ lastSeen }) => (lastSeen === undefined ? null : <TimeText time={lastSeen} to="min" />),
  },
];

const USUAL = toLayout(['principal', 'kind', 'rung', 'owner', 'credentials', 'calls', 'own', 'why']);

/** The columns as the analyst laid them out. */
export const usePrincipalColumns = (): TableColumns<PrincipalJson> => useTableColumns('principals', principalColumns, USUAL);
