import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { usePrefs } from '../../../state/prefs.ts';
import { select, usePlace } from '../../../state/selection.ts';
import type { TableColumns } from '../../../state/use-table-columns.ts';
import { VirtualTable } from '../../../widgets/virtual-table.tsx';
import { DOSSIER_ID } from './dossier.tsx';

const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;

interface PrincipalTableProps {
  readonly rows: readonly PrincipalJson[];
  readonly columns: TableColumns<PrincipalJson>;
  readonly picked: ReadonlySet<string>;
  readonly onPicked: (picked: ReadonlySet<string>) => void;
  /** Changes with what the rows are. */
  readonly order: string;
  readonly stale: boolean;
}

/** The principals, the busiest first. Ctrl/⌘ or Shift with a click picks several, to take them for one. */
export function PrincipalTable({ rows, columns, picked, onPicked, order, stale }: PrincipalTableProps) {
  const density = usePrefs((prefs) => prefs.density);
  const chosen = usePlace('principal');
  const at = rows.findIndex(({ id }) => id === chosen);
  const pick = (index: number, how: 'toggle' | 'range'): void => {
    const next = new Set(picked);
    const [from, to] = how === 'range' && at >= 0 ? [Math.min(at, index), Math.max(at, index)] : [index, index];
    for (const { id } of rows.slice(from, to + 1)) {
      if (how === 'toggle' && next.has(id)) next.delete(id);
      else next.add(id);
    }
    // The row that the keyboard stood on is meant, too.
    if (how === 'toggle' && picked.size === 0 && chosen !== undefined) next.add(chosen);
    onPicked(next);
  };
  return (
    <VirtualTable
      label="Principals"
      columns={columns.columns}
      columnActions={columns.actions}
      count={rows.length}
      rowHeight={ROW_HEIGHTS[density]}
      row={(index) => rows[index]}
      active={at < 0 ? undefined : at}
      onActive={(index) => {
        const row = rows[index];
        if (row !== undefined) select({ principal: row.id });
      }}
      onOpen={() => {
        document.getElementById(DOSSIER_ID)?.focus();
      }}
      onKey={(event, index) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        pick(index, 'toggle');
      }}
      onPick={pick}
      order={order}
      isSelected={({ id }) => (picked.size === 0 ? id === chosen : picked.has(id))}
      stale={stale}
    />
  );
}
