import type { ReactNode } from 'react';
import type { RevocationRow } from '#shared/contract/revocation.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import type { Column } from '../../../widgets/table-column.ts';
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
  { id: 'order', title: 'No.', width: '48px', align: 'end', cell: ({ order }) => String(order) },
  {
    id: 'credential',
    title: 'Credential',
    width: 'minmax(130px, 0.7fr)',
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
    width: 'minmax(120px, 0.8fr)',
    cell: ({ about }) =>
      about.holder === undefined ? (
        <span className="faint">unknown</span>
      ) : (
        <span className="revo-holder">
          <KindMark kind={about.holderKind ?? 'unknown'} />
          <MiddleText text={about.holder} />
        </span>
      ),
  },
  { id: 'role', title: 'Why', width: '124px', cell: ({ role, reason }) => <span title={reason}>{ROLE_WORDS[role]}</span> },
  { id: 'score', title: 'Score', width: '64px', align: 'end', cell: ({ score }) => String(score) },
  {
    id: 'incident',
    title: 'Incident calls',
    width: '96px',
    align: 'end',
    cell: (row) =>
      row.incidentCalls === 0 ? (
        <span className="faint">0</span>
      ) : (
        <GoLink to={toCalls(incidentCallsOf(row))}>{formatCount(row.incidentCalls)}</GoLink>
      ),
  },
  { id: 'valid', title: 'Valid after evidence', width: '132px', cell: ({ stillValidSeconds }) => validityText(stillValidSeconds) },
  {
    id: 'radius',
    title: 'Operations',
    width: '96px',
    align: 'end',
    cell: ({ blastRadius: { used, reachable } }) => <Radius used={used.endpoints} reachable={reachable.endpoints} />,
  },
  {
    id: 'people',
    title: 'People',
    width: '104px',
    align: 'end',
    cell: ({ blastRadius: { used, reachable } }) => <Radius used={used.people} reachable={reachable.people} />,
  },
  {
    id: 'breaks',
    title: 'Who loses it',
    width: '88px',
    align: 'end',
    cell: ({ breaks }) => (breaks.length === 0 ? <span className="faint">0</span> : formatCount(breaks.length)),
  },
  { id: 'containment', title: 'Containment', width: '120px', cell: (row) => <Containment row={row} /> },
  { id: 'done', title: 'Steps', width: '64px', align: 'end', cell: ({ done, steps }) => `${String(done)}/${String(steps)}` },
];
