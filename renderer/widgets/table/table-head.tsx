import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, useState, type DragEvent, type PointerEvent } from 'react';
import type { Column, ColumnActions, TableSort } from './table-column.ts';

/** What a dragged column head carries; nothing else that is dragged over a head is taken. */
const DRAGGED = 'application/x-spoor-column';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: TableSort | undefined;
  readonly onSort: ((column: string) => void) | undefined;
  readonly actions: ColumnActions | undefined;
}

/** The row of column heads: a click sorts, an edge is drawn to size, a head is dragged to another place. */
export function TableHead<Row>({ columns, sort, onSort, actions }: TableHeadProps<Row>) {
  return (
    <div className="vtable-head vtable-row" role="row" aria-rowindex={1}>
      {columns.map((column, index) => (
        <HeadCell key={column.id} column={column} index={index} sort={sort} onSort={onSort} actions={actions} />
      ))}
    </div>
  );
}

interface HeadCellProps<Row> extends Omit<TableHeadProps<Row>, 'columns'> {
  readonly column: Column<Row>;
  readonly index: number;
}

function HeadCell<Row>({ column, index, sort, onSort, actions }: HeadCellProps<Row>) {
  const [over, setOver] = useState(false);
  const sorted = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const drag =
    actions === undefined
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => {
            event.dataTransfer.setData(DRAGGED, column.id);
            event.dataTransfer.effectAllowed = 'move';
          },
          onDragOver: (event: DragEvent) => {
            if (!event.dataTransfer.types.includes(DRAGGED)) return;
            event.preventDefault();
            setOver(true);
          },
          onDragLeave: () => {
            setOver(false);
          },
          onDrop: (event: DragEvent) => {
            setOver(false);
            const id = event.dataTransfer.getData(DRAGGED);
            if (id === '') return;
            event.preventDefault();
            actions.onPlace(id, column.id);
          },
        };
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted}
      data-column={column.id}
      className={`vtable-cell${column.align === 'end' ? ' end' : ''}${over ? ' over' : ''}`}
      {...drag}
    >
      {column.sortable === true && onSort !== undefined ? (
        <SortButton
          title={column.title}
          sorted={sorted}
          onSort={() => {
            onSort(column.id);
          }}
        />
      ) : (
        (column.head ?? column.title)
      )}
      {actions === undefined ? null : <ResizeHandle column={column.id} onWidth={actions.onWidth} />}
    </div>
  );
}

interface SortButtonProps {
  readonly title: string;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

function SortButton({ title, sorted, onSort }: SortButtonProps) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <button type="button" className="vtable-sort" tabIndex={-1} onClick={onSort}>
      {title}
      {sorted === undefined ? null : <Arrow size={12} strokeWidth={1.5} aria-hidden="true" />}
    </button>
  );
}

interface ResizeHandleProps {
  readonly column: string;
  readonly onWidth: (id: string, width: number | undefined) => void;
}

/** The right edge of a column head: drawn it sets the width, a double click gives the column its own width back. */
function ResizeHandle({ column, onWidth }: ResizeHandleProps) {
  const start = useRef<{ readonly at: number; readonly width: number } | undefined>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault(); // else the head itself is dragged
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: event.clientX, width: event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0 };
  };
  return (
    <span
      className="vtable-resize"
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (start.current !== undefined) onWidth(column, start.current.width + event.clientX - start.current.at);
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDoubleClick={() => {
        onWidth(column, undefined);
      }}
    />
  );
}
