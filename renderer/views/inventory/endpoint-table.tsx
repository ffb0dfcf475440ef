import { useState, type KeyboardEvent } from 'react';
import { select, usePlace } from '../../state/selection.ts';
import { useKeysOf } from '../../state/use-keys-of.ts';
import { useRowHeight } from '../../state/use-row-height.ts';
import { ContextMenu } from '../../widgets/context-menu.tsx';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import type { TableSort } from '../../widgets/table/table-column.ts';
import { VirtualTable } from '../../widgets/table/virtual-table.tsx';
import { NameCell } from './columns.tsx';
import { CARD_ID } from './endpoint-card.tsx';
import { rowMenu } from './row-menu.ts';
import type { InventoryRow } from './tree.ts';
import type { EndpointColumns } from './use-endpoint-columns.ts';

interface EndpointTableProps {
  readonly rows: readonly InventoryRow[];
  readonly flat: boolean;
  readonly columns: EndpointColumns;
  readonly sort: TableSort | undefined;
  readonly onSort: (column: string) => void;
  readonly onToggle: (key: string) => void;
  /** Changes with what the rows are and how they stand. */
  readonly order: string;
  readonly stale: boolean;
}

/** The endpoints, as a tree of hosts and services or one below the other. The row that the keyboard is on is shown in full beside it. */
export function EndpointTable({ rows, flat, columns, sort, onSort, onToggle, order, stale }: EndpointTableProps) {
  const rowHeight = useRowHeight();
  const chosen = usePlace('endpoint');
  const [key, setKey] = useState<string | undefined>(undefined);
  const [target, setTarget] = useState<InventoryRow | undefined>(undefined);
  const keysOf = useKeysOf();
  const at = rows.findIndex((row) => row.key === (key ?? chosen));
  const withToggle = columns.columns.map((column) =>
    column.id === 'endpoint' ? { ...column, cell: (row: InventoryRow) => <NameCell row={row} onToggle={onToggle} /> } : column,
  );
  const go = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    // A group is nothing to show in full: what is shown stays.
    setKey(row.kind === 'endpoint' ? undefined : row.key);
    if (row.kind === 'endpoint') select({ endpoint: row.key });
  };
  const onKey = (event: KeyboardEvent, index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    const opens = event.key === 'ArrowRight';
    if (!opens && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    if (row.kind !== 'endpoint' && row.expanded !== opens) onToggle(row.key);
    else if (!opens) go(parentOf(rows, index));
  };
  const menu = (): readonly MenuEntry[] => (target === undefined ? [] : rowMenu({ row: target, keysOf, onToggle }));
  return (
    <ContextMenu items={menu} anchor={findActive} className="inv-grid">
      <VirtualTable
        label="Endpoints"
        columns={withToggle}
        columnActions={columns.actions}
        count={rows.length}
        rowHeight={rowHeight}
        row={(index) => rows[index]}
        active={at < 0 ? undefined : at}
        onActive={go}
        onOpen={(index) => {
          const row = rows[index];
          if (row === undefined) return;
          if (row.kind === 'endpoint') document.getElementById(CARD_ID)?.focus();
          else onToggle(row.key);
        }}
        order={order}
        sort={sort}
        onSort={onSort}
        isSelected={(row) => row.kind === 'endpoint' && row.key === chosen}
        rowClass={(row) => `inv-row-${row.kind}`}
        {...(flat
          ? {}
          : { tree: (row: InventoryRow) => ({ level: row.level, expanded: row.kind === 'endpoint' ? undefined : row.expanded }) })}
        onKey={onKey}
        onTarget={(index) => {
          setTarget(rows[index]);
        }}
        stale={stale}
      />
    </ContextMenu>
  );
}

/** The row that the keyboard is on, where its menu opens. */
const findActive = (): Element | null => document.querySelector('.inv-grid .vtable-row.active');

/** The row that a row stands in; itself where it stands in none. */
function parentOf(rows: readonly InventoryRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  for (let at = index - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? 1) < level) return at;
  return index;
}
