import { usePlace } from '../../../state/selection.ts';
import { useRowHeight } from '../../../state/use-row-height.ts';
import type { TableColumns } from '../../../state/use-table-columns.ts';
import type { TableSort } from '../../../widgets/table/table-column.ts';
import { VirtualTable, type VirtualTableProps } from '../../../widgets/table/virtual-table.tsx';

type Extras<Row> = Pick<VirtualTableProps<Row>, 'onKey' | 'onPick' | 'isSelected'>;

interface RowTableProps<Row> extends Extras<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: TableColumns<Row>;
  readonly keyOf: (row: Row) => string;
  /** Key of the row that is shown in full. */
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
  /** Id of the card, where Enter goes. */
  readonly card: string;
  readonly sort?: TableSort | undefined;
  readonly onSort?: (column: string) => void;
  readonly stale: boolean;
}

/** A table of Identities: the row that the keyboard is on is shown in full beside it, and Enter goes there. */
export function RowTable<Row>({ label, rows, columns, keyOf, chosen, onChoose, card, sort, onSort, stale, ...extras }: RowTableProps<Row>) {
  const rowHeight = useRowHeight();
  const order = [usePlace('filter'), usePlace('sort')];
  const at = rows.findIndex((row) => keyOf(row) === chosen);
  return (
    <VirtualTable
      label={label}
      columns={columns.columns}
      columnActions={columns.actions}
      count={rows.length}
      rowHeight={rowHeight}
      row={(index) => rows[index]}
      active={at < 0 ? undefined : at}
      onActive={(index) => {
        const row = rows[index];
        if (row !== undefined) onChoose(keyOf(row));
      }}
      onOpen={() => {
        document.getElementById(card)?.focus();
      }}
      order={JSON.stringify(order)}
      sort={sort}
      onSort={onSort}
      isSelected={(row) => keyOf(row) === chosen}
      stale={stale}
      {...extras}
    />
  );
}
