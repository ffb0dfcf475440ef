import { useMemo, useState } from 'react';
import type { HeatCell } from '../../charts/heat-grid.tsx';
import { formatCount } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';
import type { Grid } from './grid.ts';

interface HeatTableProps {
  readonly grid: Grid;
  readonly label: string;
  readonly onOpen: (cell: HeatCell) => void;
}

interface Row {
  readonly cell: HeatCell;
  readonly row: string;
  readonly column: string;
  readonly calls: number;
}

/** The table twin of a grid: every cell that counts something, the fullest first. */
export function HeatTable({ grid, label, onOpen }: HeatTableProps) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const rows = useMemo(
    () =>
      grid.values
        .flatMap((counts, row) =>
          counts.map((calls, column): Row => ({ cell: { row, column }, row: grid.rows[row] ?? '', column: grid.spell(column), calls })),
        )
        .filter((each) => each.calls > 0)
        .sort((a, b) => b.calls - a.calls),
    [grid],
  );
  return (
    <VirtualTable
      label={label}
      columns={columns}
      count={rows.length}
      rowHeight={24}
      row={(index) => rows[index]}
      active={active}
      onActive={setActive}
      onOpen={(index) => {
        const row = rows[index];
        if (row !== undefined) onOpen(row.cell);
      }}
    />
  );
}

const columns: readonly Column<Row>[] = [
  { id: 'row', title: 'Row', width: 'minmax(200px, 2fr)', cell: ({ row }) => <MiddleText text={row} mono tail={18} /> },
  { id: 'column', title: 'Column', width: 'minmax(180px, 1.4fr)', cell: ({ column }) => <MiddleText text={column} tail={14} /> },
  { id: 'calls', title: 'Calls', width: '96px', align: 'end', cell: ({ calls }) => formatCount(calls) },
];
