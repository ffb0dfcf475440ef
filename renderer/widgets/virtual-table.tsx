import './virtual-table.css';
import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { offsetToShow, rowTop, scrollScale } from './scroll-scale.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** In place of the title: a ruler, say. */
  readonly head?: ReactNode;
  /** A track of a CSS grid: `72px`, `minmax(120px, 1fr)`. */
  readonly width: string;
  readonly align?: 'end';
  readonly sortable?: boolean;
  readonly cell: (row: Row, index: number) => ReactNode;
}

export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  /** Units: CSS px. */
  readonly rowHeight: number;
  /** The row at an index; `undefined` while it is on its way. */
  readonly row: (index: number) => Row | undefined;
  /** The row that the keyboard is on. */
  readonly active: number | undefined;
  readonly onActive: (index: number) => void;
  readonly onOpen?: ((index: number) => void) | undefined;
  /** Hears which rows are in sight, so that they can be fetched. */
  readonly onRange?: ((first: number, last: number) => void) | undefined;
  readonly sort?: TableSort | undefined;
  readonly onSort?: ((column: string) => void) | undefined;
  readonly isSelected?: ((row: Row) => boolean) | undefined;
  readonly rowClass?: ((row: Row) => string | undefined) | undefined;
  /** `aria-expanded` and `aria-level` of a tree row. */
  readonly tree?: ((row: Row) => { readonly level: number; readonly expanded?: boolean | undefined }) | undefined;
  /** Keys that the table itself does not know. */
  readonly onKey?: ((event: KeyboardEvent, index: number) => void) | undefined;
  readonly stale?: boolean;
}

/** Rows that the virtualizer counts as one: it keeps a record of each of its items, and a million of those is 80 MB. */
const BLOCK = 16;
const HEAD = 24;

/** A grid of any number of rows, of which only those in sight exist. Real grid semantics, arrow keys, Page, Home, End, Enter. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, count, rowHeight, row, active, onActive, onOpen, onRange, sort, onSort, isSelected, rowClass, tree } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const factor = useRef(1);
  // The virtualizer renders again only when its blocks change; scaled rows move with every px.
  const [offset, setOffset] = useState(0);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here only, never handed on
  const virtualizer = useVirtualizer({
    count: Math.ceil(count / BLOCK),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight * BLOCK,
    overscan: 0,
    observeElementOffset: (instance, listener) =>
      observeElementOffset(instance, (at, scrolling) => {
        setOffset(at * factor.current);
        listener(at * factor.current, scrolling);
      }),
    scrollToFn: (to, options, instance) => {
      elementScroll(to / factor.current, options, instance);
    },
  });
  const measure = virtualizer.measure;
  useEffect(() => {
    measure();
  }, [measure, rowHeight]);

  const viewport = Math.max(0, (virtualizer.scrollRect?.height ?? 0) - HEAD);
  const scale = scrollScale(count * rowHeight, viewport);
  useEffect(() => {
    factor.current = scale.factor;
  }, [scale.factor]);
  const first = Math.max(0, Math.min(count - 1, Math.floor(offset / rowHeight) - 2));
  const last = Math.min(count - 1, Math.ceil((offset + viewport) / rowHeight) + 2);
  useEffect(() => {
    if (count > 0 && viewport > 0) onRange?.(first, last);
  }, [count, viewport, first, last, onRange]);

  // When a pane opens below, or another screen chose the row, it must be in sight and not behind the pane.
  const seen = useRef<{ viewport: number; active: number | undefined }>({ viewport: 0, active: undefined });
  useEffect(() => {
    const shrunk = viewport < seen.current.viewport;
    const chosen = active !== seen.current.active;
    const element = box.current;
    if (viewport > 0) seen.current = { viewport, active };
    if ((!shrunk && !chosen) || active === undefined || element === null || viewport === 0) return;
    element.scrollTop = offsetToShow(active, rowHeight, element.scrollTop * factor.current, viewport) / factor.current;
  }, [viewport, active, rowHeight]);

  const show = (index: number): void => {
    const element = box.current;
    if (element === null) return;
    const wanted = offsetToShow(index, rowHeight, element.scrollTop * factor.current, viewport);
    if (wanted !== element.scrollTop * factor.current) element.scrollTop = wanted / factor.current;
  };
  const move = (index: number): void => {
    const next = Math.max(0, Math.min(count - 1, index));
    show(next);
    onActive(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (count === 0 || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = active ?? -1;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const target: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    };
    const next = target[event.key];
    if (next !== undefined) {
      event.preventDefault();
      move(next);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      onOpen?.(at);
    } else if (at >= 0) props.onKey?.(event, at);
  };

  const shown = viewport === 0 || count === 0 ? [] : Array.from({ length: last - first + 1 }, (_, position) => first + position);
  const tracks = { '--columns': columns.map((column) => column.width).join(' '), '--row': `${String(rowHeight)}px` } as CSSProperties;
  return (
    <div
      ref={box}
      className={props.stale === true ? 'vtable stale' : 'vtable'}
      role={tree === undefined ? 'grid' : 'treegrid'}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-busy={props.stale}
      aria-activedescendant={active !== undefined && active >= first && active <= last ? `${id}-${String(active)}` : undefined}
      tabIndex={0}
      style={tracks}
      onKeyDown={onKeyDown}
    >
      <div className="vtable-head vtable-row" role="row" aria-rowindex={1}>
        {columns.map((column, index) => (
          <HeadCell key={column.id} column={column} index={index} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div className="vtable-body" role="rowgroup" style={{ height: scale.height }}>
        {shown.map((index) => {
          const value = row(index);
          const selected = value !== undefined && isSelected?.(value) === true;
          const branch = value === undefined ? undefined : tree?.(value);
          const extra = value === undefined ? undefined : rowClass?.(value);
          return (
            <div
              key={index}
              id={`${id}-${String(index)}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selected}
              aria-level={branch?.level}
              aria-expanded={branch?.expanded}
              className={`vtable-row${index === active ? ' active' : ''}${extra === undefined ? '' : ` ${extra}`}`}
              style={{ transform: `translateY(${String(rowTop(index, rowHeight, offset, scale.factor))}px)` }}
              onClick={() => {
                onActive(index);
              }}
              onDoubleClick={() => {
                onOpen?.(index);
              }}
            >
              {columns.map((column, position) => (
                <div
                  key={column.id}
                  role="gridcell"
                  aria-colindex={position + 1}
                  className={column.align === 'end' ? 'vtable-cell end' : 'vtable-cell'}
                >
                  {value === undefined ? <span className="vtable-wait" /> : column.cell(value, index)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly index: number;
  readonly sort: TableSort | undefined;
  readonly onSort: ((column: string) => void) | undefined;
}

function HeadCell<Row>({ column, index, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted}
      className={column.align === 'end' ? 'vtable-cell end' : 'vtable-cell'}
    >
      {column.sortable === true && onSort !== undefined ? (
        <button
          type="button"
          className="vtable-sort"
          tabIndex={-1}
          onClick={() => {
            onSort(column.id);
          }}
        >
          {column.title}
          {sorted === undefined ? null : <Arrow size={12} strokeWidth={1.5} aria-hidden="true" />}
        </button>
      ) : (
        (column.head ?? column.title)
      )}
    </div>
  );
}
