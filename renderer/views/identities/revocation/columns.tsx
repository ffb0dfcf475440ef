import type { ReactNode } from 'react';
import type { RevocationRow } from '#shared/contract/revocation.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import type { SortValues } from '../parts/sort.ts';
import type { Column } from '../../../widgets/table/table-column.ts';
import { CONTAINMENT_WORDS, incidentCallsOf, ROLE_WORDS, validityText } from './words.ts';

/** Used of reachable: the first solid, the second as the whole. */
function Radius({ used, reachable }: { readonly used: number; readonly reachable: number }): ReactNode {
  return (
    <span title={`${formatCount(used)} used of ${formatCount(reachable)} reachable`}>
      {formatCount(used)} <span className="unit">of {formatCount(reachable)}</span>
    </span>
  );
}

function Containment({ row }: { readonly row: RevocationRow }): ReactNode {
  if (row.containment === undefined) return <span className="faint">not revoked</span>;
  const { state } = row.containment;
  return <span className={state === 'broken' ? 'severity-critical' : state === 'held' ? 'ok' : 'muted'}>{CONTAINMENT_WORDS[state]}</span>;
}

/** Every column of the plan, in the order in which they are first shown. */
export const revocationColumns: readonly Column<RevocationRow>[] = [
  { id: 'order', title: 'No.', width: '40px', sortable: true, align: 'end', cell: ({ order }) => String(order) },
  {
    id: 'credential',
    title: 'Credential',
    width: 'minmax(150px, 1fr)',
    cell: ({ about }) => (
      <span className="mono">
        {about.id}{' '}
        <span className="muted">
          <EvidenceText text={about.masked} />
        </span>
      </span>
    ),
  },
  {
    id: 'holder',
    title: 'Holder',
    width: 'minmax(140px, 1.6fr)',
    cell: ({ about }) =>
      about.holder === undefined ? (
        <span className="faint">unknown</span>
      ) : (
        <span className="ident-who">
          <KindMark kind={about.holderKind ?? 'unknown'} />
          <MiddleText text={about.holder} tail={8} />
        </span>
      ),
  },
  { id: 'role', title: 'Why', width: '112px', sortable: true, cell: ({ role, reason }) => <span title={reason}>{ROLE_WORDS[role]}</span> },
  { id: 'score', title: 'Score', width: '54px', sortable: true, align: 'end', cell: ({ score }) => String(score) },
  {
    id: 'incident',
    title: 'Incident',
    width: '62px',
    sortable: true,
    align: 'end',
    cell: (row) =>
      row.incidentCalls === 0 ? (
        <span className="faint">0</span>
      ) : (
        <GoLink to={toCalls(incidentCallsOf(row))}>{formatCount(row.incidentCalls)}</GoLink>
      ),
  },
  { id: 'valid', title: 'Still valid', width: '92px', sortable: true, cell: ({ stillValidSeconds }) => validityText(stillValidSeconds) },
  {
    id: 'radius',
    title: 'Endpoints',
    width: '88px',
    sortable: true,
    align: 'end',
    cell: ({ blastRadius: { used, reachable } }) => <Radius used={used.endpoints} reachable={reachable.endpoints} />,
  },
  {
    id: 'people',
    title: 'People',
    width: '96px',
    sortable: true,
    align: 'end',
    cell: ({ blastRadius: { used, reachable } }) => <Radius used={used.people} reachable={reachable.people} />,
  },
  {
    id: 'breaks',
    title: 'Users lost',
    width: '72px',
    sortable: true,
    align: 'end',
    cell: ({ breaks }) => (breaks.length === 0 ? <span className="faint">0</span> : formatCount(breaks.length)),
  },
  { id: 'containment', title: 'Containment', width: '98px', sortable: true, cell: (row) => <Containment row={row} /> },
  {
    id: 'done',
    title: 'Steps',
    width: '48px',
    sortable: true,
    align: 'end',
    cell: ({ done, steps }) => `${String(done)}/${String(steps)}`,
  },
];

/** Shown before the analyst chooses: what fits beside the entry, which says the rest. */
export const USUAL_COLUMNS = ['order', 'credential', 'holder', 'score', 'incident', 'valid', 'containment', 'done'] as const;

/** What each column is sorted by; until then the plan stands in its own order. */
export const revocationSorts: SortValues<RevocationRow> = {
  order: { of: ({ order }) => order, rises: true },
  role: { of: ({ role }) => ROLE_WORDS[role], rises: true },
  score: { of: ({ score }) => score },
  incident: { of: ({ incidentCalls }) => incidentCalls },
  valid: { of: ({ stillValidSeconds }) => stillValidSeconds ?? Infinity },
  radius: { of: ({ blastRadius }) => blastRadius.reachable.endpoints },
  people: { of: ({ blastRadius }) => blastRadius.reachable.people },
  breaks: { of: ({ breaks }) => breaks.length },
  containment: { of: ({ containment }) => (containment === undefined ? '' : CONTAINMENT_WORDS[containment.state]), rises: true },
  done: { of: ({ done }) => done },
};
