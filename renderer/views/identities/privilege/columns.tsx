import type { ReactNode } from 'react';
import type { PrivilegeRow } from '#shared/contract/privilege.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import type { SortValues } from '../parts/sort.ts';
import type { Column } from '../../../widgets/table/table-column.ts';

const NUMBER = { align: 'end', sortable: true } as const;
/** A count that leads to what it counts: the lists of the caller's card. */
const count = (principal: string, value: number | undefined): ReactNode =>
  value === undefined ? (
    <span className="faint">–</span>
  ) : value === 0 ? (
    <span className="faint">0</span>
  ) : (
    <GoLink to={{ principal }}>{formatCount(value)}</GoLink>
  );

/** `3 of 40`, which leads to the calls that were tried; a dash where there was nothing to try. */
const ofAll = (principal: string, part: number, whole: number): ReactNode =>
  whole === 0 ? (
    <span className="faint">–</span>
  ) : (
    <GoLink to={{ principal }}>
      {formatCount(part)} of {formatCount(whole)}
    </GoLink>
  );

/** Every column of the table of least privilege. */
export const privilegeColumns: readonly Column<PrivilegeRow>[] = [
  {
    id: 'principal',
    title: 'Principal',
    width: 'minmax(150px, 2fr)',
    sortable: true,
    cell: ({ label, kind }) => (
      <span className="ident-who">
        <KindMark kind={kind} />
        <MiddleText text={label} />
      </span>
    ),
  },
  {
    id: 'granted',
    title: 'Scopes',
    width: '60px',
    ...NUMBER,
    cell: ({ principal, scopesGranted }) => count(principal, scopesGranted),
  },
  { id: 'unused', title: 'Unused', width: '60px', ...NUMBER, cell: ({ principal, scopesUnused }) => count(principal, scopesUnused) },
  { id: 'permitted', title: 'Permitted', width: '74px', ...NUMBER, cell: ({ principal, permitted }) => count(principal, permitted) },
  { id: 'reach', title: 'Never used', width: '82px', ...NUMBER, cell: ({ principal, unusedReach }) => count(principal, unusedReach) },
  {
    id: 'sensitive',
    title: 'Sensitive',
    width: '72px',
    ...NUMBER,
    cell: ({ principal, unusedSensitive }) => count(principal, unusedSensitive),
  },
  {
    id: 'blocked',
    title: 'Incident stopped',
    width: '112px',
    ...NUMBER,
    cell: ({ principal, incidentBlocked, incidentTotal }) => ofAll(principal, incidentBlocked, incidentTotal),
  },
  {
    id: 'broken',
    title: 'Others broken',
    width: '104px',
    ...NUMBER,
    cell: ({ principal, legitimateBroken, legitimateTotal, holdOut }) =>
      holdOut ? ofAll(principal, legitimateBroken, legitimateTotal) : <span className="faint">not tried apart</span>,
  },
];

/** What each column is sorted by; until then callers of incidents stand first. */
export const privilegeSorts: SortValues<PrivilegeRow> = {
  principal: { of: ({ label }) => label.toLowerCase(), rises: true },
  granted: { of: ({ scopesGranted }) => scopesGranted },
  unused: { of: ({ scopesUnused }) => scopesUnused },
  permitted: { of: ({ permitted }) => permitted },
  reach: { of: ({ unusedReach }) => unusedReach ?? -1 },
  sensitive: { of: ({ unusedSensitive }) => unusedSensitive ?? -1 },
  blocked: { of: ({ incidentBlocked }) => incidentBlocked },
  broken: { of: ({ legitimateBroken }) => legitimateBroken },
};
