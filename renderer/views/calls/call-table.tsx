import { useCallback, useEffect, useState, type KeyboardEvent } from 'react';
import type { CallRow } from '#shared/contract/rows.ts';
import { toClause } from '#shared/query/edit.ts';
import type { Filter } from '../../filter/use-filter.ts';
import type { CallSort, CallPages } from '../../query/use-call-pages.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { addPicked, togglePicked, usePicked } from '../../state/picked.ts';
import { usePrefs } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { ContextMenu } from '../../widgets/context-menu.tsx';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import { VirtualTable } from '../../widgets/virtual-table.tsx';
import { cellMenu } from './cell-menu.ts';
import { CellTools } from './cells.tsx';
import { findColumn } from './columns.tsx';
import { useCallCommands } from './use-call-commands.ts';
import { useSortCommands } from './use-sort-commands.ts';
import type { ShownColumns } from './use-columns.ts';

const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;

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
  const density = usePrefs((prefs) => prefs.density);
  const call = usePlace('call');
  const picked = usePicked((state) => state.refs);
  const count = pages.count ?? 0;
  const [active, setActive] = useActiveRow(pages, filter, sort, call);
  const [target, setTarget] = useState<{ readonly row: CallRow; readonly column: string | undefined } | undefined>(undefined);
  const current = active === undefined ? undefined : pages.row(active);
  useSortCommands(onSort);
  useCallCommands({ call: current, filter, sort, onRow: setActive, onClose });

  const pick = (index: number, how: 'toggle' | 'range'): void => {
    const row = pages.row(index);
    if (row === undefined) return;
    if (how === 'toggle') togglePicked(row.ref);
    else {
      const [from, to] = [Math.min(active ?? index, index), Math.max(active ?? index, index)];
      addPicked(Array.from({ length: to - from + 1 }, (_, position) => pages.row(from + position)?.ref).filter((ref) => ref !== undefined));
    }
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
    target === undefined ? [] : cellMenu({ ...target, filter, picked: picked.includes(target.row.ref) });
  return (
    <ContextMenu items={menu} anchor={findCursor} className="calls-grid">
      <VirtualTable
        label="Calls"
        columns={columns.columns}
        columnActions={columns.actions}
        count={count}
        rowHeight={ROW_HEIGHTS[density]}
        row={pages.row}
        active={active === undefined ? undefined : Math.min(active, count - 1)}
        onActive={setActive}
        onOpen={setActive}
        onRange={pages.onRange}
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
        stale={pages.stale}
      />
    </ContextMenu>
  );
}

/** The cell, else the row, that the keyboard is on, where its menu opens. */
const findCursor = (): Element | null =>
  document.querySelector('.calls-grid .cursor') ?? document.querySelector('.calls-grid .vtable-row.active');

/**
 * The row that the keyboard is on. A call chosen elsewhere, in a story or a chain, is shown where it stands among the others, and the
 * keyboard stays on it where another query or order moves it.
 */
function useActiveRow(
  pages: CallPages,
  filter: Filter,
  sort: CallSort,
  call: string | undefined,
): readonly [number | undefined, (index: number) => void] {
  const [active, setActive] = useState<number | undefined>(undefined);
  const [placed, setPlaced] = useState<string | undefined>(undefined);
  const keyOf = (ref: string): string => JSON.stringify([ref, filter.good, sort.field, sort.descending]);
  const asked = call !== undefined && keyOf(call) !== placed;
  const place = useEngineQuery('calls.position', { ref: call ?? '-', query: filter.good, sort }, { enabled: asked });
  const index = place.stale || pages.stale ? undefined : place.data?.index;
  if (asked && index !== undefined) {
    setPlaced(keyOf(call));
    setActive(index);
  }
  // A row that a key jumped to may still be on its way; it is chosen once it is there.
  const [awaited, setAwaited] = useState<number | undefined>(undefined);
  const [arrived, setArrived] = useState<{ readonly ref: string } | undefined>(undefined);
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
  ];
}
