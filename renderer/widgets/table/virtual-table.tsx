import './virtual-table.css';
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { Column, ColumnActions, TableSort } from './table-column.ts';
import { TableHead } from './table-head.tsx';
import { moveCursor } from './table-keys.ts';
import { cellId, TableRow, type TreePlace } from './table-row.tsx';
import { useRowWindow } from './use-row-window.ts';
import { useSize } from '../use-size.ts';

export type { Column, TableSort } from './table-column.ts';

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
  readonly tree?: ((row: Row) => TreePlace) | undefined;
  /** Keys that the table itself does not know, with the cell that the keyboard is on once it went into the row. */
  readonly onKey?: ((event: KeyboardEvent, index: number, column: string | undefined) => void) | undefined;
  /** Makes columns movable and sizable. */
  readonly columnActions?: ColumnActions | undefined;
  /** Buttons on the cell under the pointer, or on the one that the keyboard is on. */
  readonly tools?: ((row: Row, column: string) => ReactNode) | undefined;
  /** A click with Ctrl/⌘ (`toggle`) or Shift (`range`); makes the table one of several selected rows. */
  readonly onPick?: ((index: number, how: 'toggle' | 'range') => void) | undefined;
  /** Hears which cell a context menu is asked for. */
  readonly onTarget?: ((index: number, column: string | undefined) => void) | undefined;
  /** Another value takes the table to its top: rows stand in another order. */
  readonly order?: string | undefined;
  /** The rows answer an earlier question: they are dimmed. */
  readonly stale?: boolean;
  /** Rows in sight are on their way, of the same question. */
  readonly awaits?: boolean;
}

interface CellPlace {
  readonly index: number;
  readonly column: string | undefined;
}

/** The cell that an event came from. */
function cellAt(target: EventTarget): CellPlace | undefined {
  if (!(target instanceof Element)) return undefined;
  const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
  const column = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
  return index === undefined ? undefined : { index: Number(index), column };
}

/** The cell that the pointer rests on. */
function cellUnderPointer(box: Element | null): CellPlace | undefined {
  const [cell] = box?.querySelectorAll('.vtable-body .vtable-cell:hover') ?? [];
  return cell === undefined ? undefined : cellAt(cell);
}

/** A link of a row that goes out of sight gives the focus to the table: its element is now that of another row. */
function keepFocus(box: HTMLElement | null, scroll: () => void): void {
  const focused = document.activeElement;
  const rowOf = (element: Element | null) => element?.closest('[data-index]')?.getAttribute('data-index');
  const before = focused === box ? undefined : rowOf(focused);
  scroll();
  if (before !== undefined && before !== null && box?.contains(focused) === true && rowOf(focused) !== before)
    box.focus({ preventScroll: true });
}

/**
 * A grid of any number of rows, of which only those in sight exist. Real grid semantics: arrow keys, Page, Home, End and
 * Enter on rows; Right goes into a row and through its cells.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, count, rowHeight, row, active, onActive, onOpen, onRange, isSelected, tree, tools } = props;
  const id = useId();
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const [hover, setHover] = useState<CellPlace | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [measure, size] = useSize();
  const boxRef = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      return measure(element);
    },
    [measure],
  );
  const hasTools = tools !== undefined;
  const rows = useRowWindow({
    count,
    rowHeight,
    height: size.height,
    boxRef: box,
    sheetRef: sheet,
    onSettled: () => {
      // While rows pass under it the pointer is on none of them; where it rests then, that cell shows its tools.
      if (hasTools) setHover(cellUnderPointer(box.current));
    },
  });
  const { viewport, first, last, moving, show } = rows;
  useEffect(() => {
    if (count > 0 && viewport > 0) onRange?.(first, last);
  }, [count, viewport, first, last, onRange]);

  // In another order the analyst wants to see what comes first, even where the chosen row now stands far below.
  const { order } = props;
  const ordered = useRef(order);
  const staysAtTop = useRef(false);
  useEffect(() => {
    if (ordered.current === order) return;
    ordered.current = order;
    staysAtTop.current = true;
    if (box.current !== null) box.current.scrollTop = 0;
  }, [order]);

  // When a pane opens below, or another screen chose the row, it must be in sight and not behind the pane.
  const seen = useRef<{ viewport: number; active: number | undefined }>({ viewport: 0, active: undefined });
  useEffect(() => {
    const shrunk = viewport < seen.current.viewport;
    const chosen = active !== seen.current.active;
    const element = box.current;
    if (viewport > 0) seen.current = { viewport, active };
    if ((!shrunk && !chosen) || active === undefined || element === null || viewport === 0) return;
    if (chosen && staysAtTop.current) {
      staysAtTop.current = false;
      return;
    }
    show(active);
  }, [viewport, active, show]);

  const rowId = (index: number): string => `${id}-${String(index)}`;
  // A cell beyond the edge is brought into sight. Not by scrollIntoView, which would move the panes around the table, too.
  useEffect(() => {
    const element = box.current;
    const cell = cursor === undefined || active === undefined ? null : document.getElementById(cellId(`${id}-${String(active)}`, cursor));
    if (element === null || cell === null) return;
    const [seen, wanted] = [element.getBoundingClientRect(), cell.getBoundingClientRect()];
    if (wanted.left < seen.left) element.scrollLeft += wanted.left - seen.left;
    else if (wanted.right > seen.right) element.scrollLeft += wanted.right - seen.right;
  }, [id, cursor, active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (count === 0 || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const position = columns.findIndex((column) => column.id === cursor);
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    // In a tree these keys open and close.
    const entersCells = tree === undefined && (props.onTarget !== undefined || tools !== undefined);
    const next =
      !entersCells && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
        ? undefined
        : moveCursor(
            event.key,
            { row: active, column: position < 0 ? undefined : position },
            { rows: count, columns: columns.length, page },
          );
    if (next?.row !== undefined) {
      event.preventDefault();
      staysAtTop.current = false;
      setHover(undefined);
      setCursor(next.column === undefined ? undefined : columns[next.column]?.id);
      show(next.row);
      // A key that stays on the row, at an end of the table, still chooses it where the filter had left the chosen one out.
      const value = row(next.row);
      const isChosen = value !== undefined && isSelected?.(value) === true;
      if (next.row !== active || (!isChosen && !event.key.endsWith('Left') && !event.key.endsWith('Right'))) onActive(next.row);
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      onOpen?.(active);
    } else if (active !== undefined) props.onKey?.(event, active, cursor);
  };
  const onClick = (event: MouseEvent): void => {
    // A link in a cell goes its own way; the row's choice would only add to its address.
    if (event.target instanceof Element && event.target.closest('a[href]') !== null) return;
    const place = cellAt(event.target);
    if (place === undefined) return;
    if (props.onPick !== undefined && (event.ctrlKey || event.metaKey)) props.onPick(place.index, 'toggle');
    else if (props.onPick !== undefined && event.shiftKey) props.onPick(place.index, 'range');
    else onActive(place.index);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const place = cellAt(event.target);
    if (place !== undefined) props.onTarget?.(place.index, place.column);
    // The keyboard's menu key is heard by the grid itself, on behalf of the cell that the keyboard is on.
    else if (active !== undefined && event.target === event.currentTarget) props.onTarget?.(active, cursor);
  };

  const tooledAt = (index: number): string | undefined =>
    moving || hover === undefined ? (index === active ? cursor : undefined) : hover.index === index ? hover.column : undefined;

  const shown = Array.from({ length: last - first + 1 }, (_, position) => first + position);
  // In the order of their elements while they move, so that none of those has to; in their own for who reads them one by one.
  if (moving) shown.sort((a, b) => rows.slotOf(a) - rows.slotOf(b));
  const tracks = { '--columns': columns.map((column) => column.width).join(' '), '--row': `${String(rowHeight)}px` } as CSSProperties;
  const inSight = active !== undefined && active >= first && active <= last;
  return (
    <div
      ref={boxRef}
      className={props.stale === true ? 'vtable stale' : 'vtable'}
      role={tree === undefined ? 'grid' : 'treegrid'}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable={props.onPick === undefined ? undefined : true}
      aria-busy={props.stale === true || props.awaits === true}
      aria-activedescendant={!inSight ? undefined : cursor === undefined ? rowId(active) : cellId(rowId(active), cursor)}
      tabIndex={0}
      style={tracks}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
      onScroll={() => {
        keepFocus(box.current, rows.onScroll);
      }}
    >
      <TableHead columns={columns} sort={props.sort} onSort={props.onSort} actions={props.columnActions} />
      <div className="vtable-ground" style={{ height: rows.height }}>
        <div
          ref={sheet}
          className="vtable-body"
          role="rowgroup"
          onClick={onClick}
          onDoubleClick={(event) => {
            const place = cellAt(event.target);
            if (place !== undefined) onOpen?.(place.index);
          }}
          onPointerOver={(event) => {
            if (hasTools && !moving) setHover(cellAt(event.target));
          }}
          onPointerLeave={() => {
            setHover(undefined);
          }}
        >
          {shown.map((index) => {
            const value = row(index);
            const branch = value === undefined ? undefined : tree?.(value);
            return (
              <TableRow
                key={rows.slotOf(index)}
                id={index === active ? rowId(index) : undefined}
                index={index}
                value={value}
                columns={columns}
                top={rows.topOf(index)}
                active={index === active}
                selected={value !== undefined && isSelected?.(value) === true}
                cursor={index === active ? cursor : undefined}
                tooled={tooledAt(index)}
                tools={tools}
                level={branch?.level}
                expanded={branch?.expanded}
                extraClass={value === undefined ? undefined : props.rowClass?.(value)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
