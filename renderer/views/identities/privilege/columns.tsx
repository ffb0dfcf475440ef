import type { ReactNode } from 'react';
import type { PrivilegeRow } from '#shared/contract/privilege.ts';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import type { SortValues } from '../parts/sort.ts';
import type { Column } from '../../../widgets/table-column.ts';

const NUMBER = { align: 'end', sortable: true } as const;
const count = (value: number | undefined): ReactNode =>
  value === undefined ? <span className="faint">–</span> : value === 0 ? <span className="faint">0</span> : formatCount(value);

/** `3 of 40`; a dash where there was nothing to try. */
const ofAll = (part: number, whole: number): ReactNode =>
  whole === 0 ? <span className="faint">–</span> : `${formatCount(part)} of ${formatCount(whole)}`;

/** Every column of the table of least privilege. */
export const privilegeColumns: readonly Column<PrivilegeRow>[] = [
  {
    id: 'principal',
    title: 'Caller',
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
    cell: ({ scopesGranted }) => count(scopesGranted),
  },
  { id: 'unused', title: 'Unused', width: '60px', ...NUMBER, cell: ({ scopesUnused }) => count(scopesUnused) },
  { id: 'permitted', title: 'Permitted', width: '74px', ...NUMBER, cell: ({ permitted }) => count(permitted) },
  { id: 'reach', title: 'Never used', width: '82px', ...NUMBER, cell: ({ unusedReach }) => count(unusedReach) },
  { id: 'sensitive', title: 'Sensitive', width: '72px', ...NUMBER, cell: ({ unusedSensitive }) => count(unusedSensitive) },
  {
    id: 'blocked',
    title: 'Incident stopped',
    width: '112px',
    ...NUMBER,
    cell: ({ incidentBlocked, incidentTotal }) => ofAll(incidentBlocked, incidentTotal),
  },
  {
    id: 'broken',
    title: 'Others broken',
    width: '104px',
    ...NUMBER,
    cell: ({ legitimateBroken, legitimateTotal, holdOut }) =>
      holdOut ? ofAll(legitimateBroken, legitimateTotal) : <span className="faint">not tried apart</span>,
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
