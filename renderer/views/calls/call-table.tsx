import { useCallback, useEffect, useState, type KeyboardEvent } from 'react';
import type { CallRow } from '#shared/contract/rows.ts';
import { toClause } from '#shared/query/edit.ts';
import type { Filter } from '../../filter/use-filter.ts';
import type { CallSort, CallPages } from '../../query/use-call-pages.ts';
import { MAX_REFS } from '#shared/model/review-size.ts';
import { refsBetween } from '../../query/refs-between.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { addPicked, togglePicked, usePicked } from '../../state/picked.ts';
import { useKeysOf } from '../../state/use-keys-of.ts';
import { select, usePlace } from '../../state/selection.ts';
import { useRowHeight } from '../../state/use-row-height.ts';
import { ContextMenu } from '../../widgets/context-menu.tsx';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import { VirtualTable } from '../../widgets/table/virtual-table.tsx';
import { cellMenu } from './cell-menu.ts';
import { CellTools } from './cells.tsx';
import { findColumn } from './columns.tsx';
import { GoToRow } from './go-to-row.tsx';
import { useCallCommands } from './use-call-commands.ts';
import { useSortCommands } from './use-sort-commands.ts';
import type { ShownColumns } from './use-columns.ts';

interface CallTableProps {
  readonly pages: CallPages;
  readonly filter: Filter;
  readonly sort: CallSort;
  readonly onSort: (column: string) => void;
  readonly columns: ShownColumns;
  /** Closes the details. */
  readonly onClose: () => void;
}

/** What `+`, `−` and `=` on a cell do with its value. */
const FILTER_KEYS: Readonly<Record<string, 'include' | 'exclude' | 'only'>> = {
  '+': 'include',
  '-': 'exclude',
  '−': 'exclude',
  '=': 'only',
};

/** The table of calls: rows are chosen and picked, cells filter by what they hold. */
export function CallTable({ pages, filter, sort, onSort, columns, onClose }: CallTableProps) {
  const rowHeight = useRowHeight();
  const call = usePlace('call');
  const picked = usePicked((state) => state.refs);
  const count = pages.count ?? 0;
  const [active, setActive, isFinding] = useActiveRow(pages, filter, sort, call);
  const [target, setTarget] = useState<{ readonly row: CallRow; readonly column: string | undefined } | undefined>(undefined);
  const atCursor = active === undefined ? undefined : pages.row(active);
  // After another order or filter another call may stand there for a moment: what is done must be done to the call that is shown as chosen.
  const current = atCursor === undefined || call === undefined || isCall(atCursor, call) ? atCursor : undefined;
  const keysOf = useKeysOf();
  const [goingTo, setGoingTo] = useState(false);
  useSortCommands(onSort);
  useCallCommands({
    call: current,
    filter,
    sort,
    onRow: setActive,
    onGoTo: () => {
      setGoingTo(true);
    },
    onClose,
  });

  const pick = (index: number, how: 'toggle' | 'range'): void => {
    const row = pages.row(index);
    if (how === 'toggle') {
      if (row !== undefined) togglePicked(row.ref);
      return;
    }
    const [from, to] = [Math.min(active ?? index, index), Math.max(active ?? index, index)];
    // Most of a long range was never in sight. A lost connection is the frame's to tell.
    refsBetween(filter.good, sort, from, to, MAX_REFS).then(addPicked, () => undefined);
  };
  const onKey = (event: KeyboardEvent, index: number, columnId: string | undefined): void => {
    const row = pages.row(index);
    const how = FILTER_KEYS[event.key];
    const column = findColumn(columnId);
    const value = row === undefined ? undefined : column?.value?.(row);
    if (how === undefined || column?.field === undefined || value === undefined) return;
    event.preventDefault();
    const clause = toClause(column.field, value, how === 'exclude');
    if (how === 'only') filter.only(clause);
    else filter.include(clause);
  };
  const { include } = filter;
  const tools = useCallback(
    (row: CallRow, column: string) => <CellTools column={findColumn(column)} call={row} onClause={include} />,
    [include],
  );
  const menu = (): readonly MenuEntry[] =>
    target === undefined ? [] : cellMenu({ ...target, filter, keysOf, picked: picked.includes(target.row.ref) });
  return (
    <>
      {goingTo ? (
        <GoToRow
          count={count}
          total={pages.total}
          query={filter.good}
          byTime={sort.field === 'time' && !sort.descending}
          onRow={setActive}
          onClose={() => {
            setGoingTo(false);
          }}
        />
      ) : null}
      <ContextMenu items={menu} anchor={findCursor} className="calls-grid">
        <VirtualTable
          label="Calls"
          columns={columns.columns}
          columnActions={columns.actions}
          count={count}
          rowHeight={rowHeight}
          row={pages.row}
          active={active === undefined ? undefined : Math.min(active, count - 1)}
          onActive={setActive}
          onOpen={setActive}
          onRange={pages.onRange}
          order={JSON.stringify([filter.good, sort])}
          sort={{ column: sort.field, descending: sort.descending }}
          onSort={onSort}
          isSelected={(row) => row.ref === call || picked.includes(row.ref)}
          rowClass={(row) => (picked.includes(row.ref) ? 'picked' : undefined)}
          onKey={onKey}
          onPick={pick}
          onTarget={(index, column) => {
            const row = pages.row(index);
            setTarget(row === undefined ? undefined : { row, column });
          }}
          tools={tools}
          stale={pages.stale || isFinding}
          awaits={pages.awaits}
        />
      </ContextMenu>
    </>
  );
}

/** The cell, else the row, that the keyboard is on, where its menu opens. */
const findCursor = (): Element | null =>
  document.querySelector('.calls-grid .cursor') ?? document.querySelector('.calls-grid .vtable-row.active');

/** Whether a row is the call of a reference, under whichever of its references. */
const isCall = (row: CallRow, ref: string): boolean => row.ref === ref || row.alsoSeenAs?.includes(ref) === true;

/**
 * The row that the keyboard is on: that of the chosen call, wherever it was chosen and however the calls are filtered and sorted since;
 * where the filter leaves it out the keyboard stays at its place, and what keys do to a call waits until one is chosen there.
 */
function useActiveRow(
  pages: CallPages,
  filter: Filter,
  sort: CallSort,
  call: string | undefined,
): readonly [active: number | undefined, setActive: (index: number) => void, isFinding: boolean] {
  const [active, setActive] = useState<number | undefined>(undefined);
  const [placed, setPlaced] = useState<string | undefined>(undefined);
  const keyOf = (ref: string): string => JSON.stringify([ref, filter.good, sort.field, sort.descending]);
  // A row that a key jumped to may still be on its way; it is chosen once it is there.
  const [awaited, setAwaited] = useState<number | undefined>(undefined);
  const [arrived, setArrived] = useState<{ readonly ref: string } | undefined>(undefined);
  if (arrived !== undefined && arrived.ref === call) setArrived(undefined);
  // Until the one that arrived is chosen, where the call before it stands is not asked: the keyboard would be taken back there.
  const asked = call !== undefined && arrived === undefined && keyOf(call) !== placed;
  const place = useEngineQuery('calls.position', { ref: call ?? '-', query: filter.good, sort }, { enabled: asked });
  if (asked && !place.stale && !pages.stale && place.data !== undefined) {
    setPlaced(keyOf(call));
    if (place.data.index !== undefined) setActive(place.data.index);
  }
  const row = awaited === undefined ? undefined : pages.row(awaited);
  if (row !== undefined) {
    setAwaited(undefined);
    setPlaced(keyOf(row.ref));
    setArrived({ ref: row.ref });
  }
  useEffect(() => {
    if (arrived !== undefined) select({ call: arrived.ref, with: undefined });
  }, [arrived]);
  return [
    active,
    (next) => {
      setActive(next);
      const there = pages.row(next);
      setAwaited(there === undefined ? next : undefined);
      if (there === undefined) return;
      setPlaced(keyOf(there.ref));
      select({ call: there.ref, with: undefined });
    },
    // It is not known yet where the chosen call stands in this order.
    asked && active !== undefined && place.error === undefined,
  ];
}
