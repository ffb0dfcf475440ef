import type { CallRow } from '#shared/contract/rows.ts';
import { toClause } from '#shared/query/edit.ts';
import type { Filter } from '../../filter/use-filter.ts';
import { togglePicked } from '../../state/picked.ts';
import { toChain, toEndpoint } from '../../state/places.ts';
import { follow, goTo } from '../../state/selection.ts';
import { showTemplateEditor } from '../../state/template-editor.ts';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import { copyText } from '../../widgets/copy-text.ts';
import { findColumn } from './columns.tsx';

interface CellMenuTarget {
  readonly row: CallRow;
  readonly column: string | undefined;
  readonly filter: Filter;
  readonly picked: boolean;
  /** The key of a command, the analyst's own included. */
  readonly keysOf: (command: string) => string | undefined;
}

/** What can be done with a cell's value and with its call. */
export function cellMenu({ row, column: id, filter, picked, keysOf }: CellMenuTarget): readonly MenuEntry[] {
  const column = findColumn(id);
  const value = column?.value?.(row);
  const field = column?.field;
  const filters: readonly MenuEntry[] =
    column === undefined || field === undefined || value === undefined
      ? []
      : [
          {
            id: 'include',
            label: `Include this ${column.title.toLowerCase()}`,
            keys: '+',
            run: () => {
              filter.include(toClause(field, value));
            },
          },
          {
            id: 'exclude',
            label: `Exclude this ${column.title.toLowerCase()}`,
            keys: '-',
            run: () => {
              filter.include(toClause(field, value, true));
            },
          },
          {
            id: 'only',
            label: `Only this ${column.title.toLowerCase()}`,
            keys: '=',
            run: () => {
              filter.only(toClause(field, value));
            },
          },
          {
            id: 'copy',
            label: 'Copy the value',
            run: () => {
              void copyText(String(value));
            },
          },
          'separator',
        ];
  const { chain, endpoint, ref, time } = row;
  return [
    ...filters,
    ...(time === undefined
      ? []
      : [
          {
            id: 'around',
            label: 'Calls within a minute of it',
            run: () => {
              filter.apply(aroundTime(time));
            },
          },
        ]),
    ...(chain === undefined
      ? []
      : [
          {
            id: 'chain',
            label: 'Follow its chain',
            keys: keysOf('follow-chain'),
            run: () => {
              follow(toChain(chain, ref));
            },
          },
        ]),
    ...(endpoint === undefined
      ? []
      : [
          {
            id: 'inventory',
            label: 'Show in Inventory',
            run: () => {
              goTo(toEndpoint(endpoint));
            },
          },
          {
            id: 'templates',
            label: 'Edit path templates…',
            keys: keysOf('edit-templates'),
            run: () => {
              showTemplateEditor(endpoint);
            },
          },
        ]),
    {
      id: 'pick',
      label: picked ? 'Pick no longer' : 'Pick',
      keys: keysOf('pick-call'),
      run: () => {
        togglePicked(ref);
      },
    },
    {
      id: 'copy-ref',
      label: 'Copy the reference',
      run: () => {
        void copyText(ref);
      },
    },
  ];
}

/** All calls from a minute before to a minute after a time, whoever made them. */
function aroundTime(time: string): string {
  const at = Date.parse(time);
  const print = (ms: number): string => new Date(ms).toISOString();
  return `time >= ${print(at - 60_000)} and time < ${print(at + 60_000)}`;
}
