import type { PrivilegeRow } from '#shared/contract/privilege.ts';
import { usePrefs } from '../../../state/prefs.ts';
import { select } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { toLayout } from '../../../widgets/column-layout.ts';
import { VirtualTable } from '../../../widgets/virtual-table.tsx';
import { privilegeColumns } from './columns.tsx';
import { CARD_ID } from './privilege-card.tsx';

const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;
const USUAL = toLayout(privilegeColumns.map(({ id }) => id));

interface PrivilegeTableProps {
  readonly rows: readonly PrivilegeRow[];
  readonly chosen: string | undefined;
  readonly stale: boolean;
}

/** Agents and services, those of incidents first. The row that the keyboard is on is shown in full beside it. */
export function PrivilegeTable({ rows, chosen, stale }: PrivilegeTableProps) {
  const density = usePrefs((prefs) => prefs.density);
  const columns = useTableColumns('privilege', privilegeColumns, USUAL);
  const at = rows.findIndex(({ principal }) => principal === chosen);
  return (
    <VirtualTable
      label="Least privilege by caller"
      columns={columns.columns}
      columnActions={columns.actions}
      count={rows.length}
      rowHeight={ROW_HEIGHTS[density]}
      row={(index) => rows[index]}
      active={at < 0 ? undefined : at}
      onActive={(index) => {
        const row = rows[index];
        if (row !== undefined) select({ principal: row.principal });
      }}
      onOpen={() => {
        document.getElementById(CARD_ID)?.focus();
      }}
      order="least-privilege"
      isSelected={(row) => row.principal === chosen}
      stale={stale}
    />
  );
}
