import type { ReactNode } from 'react';
import { select, usePlace } from '../../../state/selection.ts';
import type { TableColumns } from '../../../state/use-table-columns.ts';
import { ColumnChooser } from '../../../widgets/table/column-chooser.tsx';
import { SearchField } from '../../../widgets/query/search-field.tsx';
import type { Column } from '../../../widgets/table/table-column.ts';

/** More than anybody types. Units: characters. */
const MAX_WORDS = 500;

interface ListBarProps<Row> {
  /** What the table lists, in the plural: "principals"; absent where it is too short to be filtered. */
  readonly filters?: string;
  /** What can be looked for, after "Filter principals: ". */
  readonly hint?: string;
  /** How many there are, and how many of them are shown. */
  readonly status: ReactNode;
  readonly all: readonly Column<Row>[];
  readonly columns: TableColumns<Row>;
  /** Buttons of this table. */
  readonly children?: ReactNode;
}

/** The bar of a table: its filter, its count, what can be done with all of it, and its columns. */
export function ListBar<Row>({ filters, hint, status, all, columns, children }: ListBarProps<Row>) {
  const words = usePlace('filter') ?? '';
  return (
    <div className="filter-bar ident-bar">
      {filters === undefined ? null : (
        <SearchField
          label={`Filter ${filters}`}
          placeholder={`Filter ${filters}: ${hint ?? 'words'}`}
          value={words}
          most={MAX_WORDS}
          onValue={(text) => {
            select({ filter: text === '' ? undefined : text });
          }}
        />
      )}
      <span className={filters === undefined ? 'muted ident-status' : 'muted'} role="status">
        {status}
      </span>
      {children}
      <ColumnChooser columns={all} layout={columns.layout} onLayout={columns.setLayout} onReset={columns.reset} />
    </div>
  );
}
