import { memo, type ReactNode } from 'react';
import type { Column } from './table-column.ts';

/** `aria-expanded` and `aria-level` of a tree row. */
export interface TreePlace {
  readonly level: number;
  readonly expanded?: boolean | undefined;
}

interface TableRowProps<Row> {
  /** Only of the row that the keyboard is on, which the table points to. */
  readonly id: string | undefined;
  readonly index: number;
  /** `undefined` while it is on its way. */
  readonly value: Row | undefined;
  readonly columns: readonly Column<Row>[];
  /** Units: CSS px from the start of the sheet. */
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  /** The cell that the keyboard is on. */
  readonly cursor: string | undefined;
  /** The cell that shows its tools: the one under the pointer, else the one that the keyboard is on. */
  readonly tooled: string | undefined;
  readonly tools: ((row: Row, column: string) => ReactNode) | undefined;
  readonly level: number | undefined;
  readonly expanded: boolean | undefined;
  readonly extraClass: string | undefined;
}

/** The id of a cell, for `aria-activedescendant`. */
export const cellId = (row: string, column: string): string => `${row}-${column}`;

function Row<T>(props: TableRowProps<T>) {
  const { id, index, value, columns, active, extraClass } = props;
  return (
    <div
      id={id}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-level={props.level}
      aria-expanded={props.expanded}
      className={`vtable-row${active ? ' active' : ''}${extraClass === undefined ? '' : ` ${extraClass}`}`}
      style={{ top: props.top }}
    >
      {columns.map((column, position) => (
        <div
          key={column.id}
          id={id === undefined ? undefined : cellId(id, column.id)}
          role="gridcell"
          data-column={column.id}
          aria-colindex={position + 1}
          className={`vtable-cell${column.align === 'end' ? ' end' : ''}${column.id === props.cursor ? ' cursor' : ''}${column.id === props.tooled ? ' tooled' : ''}`}
        >
          {value === undefined ? <span className="vtable-wait" /> : column.cell(value, index)}
          {value === undefined || column.id !== props.tooled ? null : props.tools?.(value, column.id)}
        </div>
      ))}
    </div>
  );
}

/** One row in sight; drawn again only when something of its own changes, so that scrolling costs the rows that come in. */
export const TableRow = memo(Row) as typeof Row;
