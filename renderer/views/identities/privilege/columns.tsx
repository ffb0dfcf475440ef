import type { ReactNode } from 'react';
import type { PrivilegeRow } from '#shared/contract/privilege.ts';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import type { Column } from '../../../widgets/table-column.ts';

const NUMBER = { align: 'end' } as const;
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
    width: 'minmax(180px, 2fr)',
    cell: ({ label, kind }) => (
      <span className="priv-caller">
        <KindMark kind={kind} />
        <MiddleText text={label} />
      </span>
    ),
  },
  {
    id: 'granted',
    title: 'Scopes',
    width: '64px',
    ...NUMBER,
    cell: ({ scopesGranted }) => count(scopesGranted),
  },
  { id: 'unused', title: 'Unused', width: '64px', ...NUMBER, cell: ({ scopesUnused }) => count(scopesUnused) },
  { id: 'permitted', title: 'Operations', width: '88px', ...NUMBER, cell: ({ permitted }) => count(permitted) },
  { id: 'reach', title: 'Never used', width: '84px', ...NUMBER, cell: ({ unusedReach }) => count(unusedReach) },
  { id: 'sensitive', title: 'Sensitive', width: '76px', ...NUMBER, cell: ({ unusedSensitive }) => count(unusedSensitive) },
  {
    id: 'blocked',
    title: 'Incident stopped',
    width: '124px',
    ...NUMBER,
    cell: ({ incidentBlocked, incidentTotal }) => ofAll(incidentBlocked, incidentTotal),
  },
  {
    id: 'broken',
    title: 'Others broken',
    width: '112px',
    ...NUMBER,
    cell: ({ legitimateBroken, legitimateTotal, holdOut }) =>
      holdOut ? ofAll(legitimateBroken, legitimateTotal) : <span className="faint">not tried apart</span>,
  },
];
