import { matching } from '../../query/queries.ts';
import { toCalls } from '../../state/places.ts';
import { follow } from '../../state/selection.ts';
import { showTemplateEditor } from '../../state/template-editor.ts';
import { copyText } from '../../widgets/copy-text.ts';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import type { InventoryRow } from './tree.ts';

interface RowMenuTarget {
  readonly row: InventoryRow;
  /** The key of a command, the analyst's own included. */
  readonly keysOf: (command: string) => string | undefined;
  readonly onToggle: (key: string) => void;
}

/** What can be done with a host, a service or an endpoint of the list. */
export function rowMenu({ row, keysOf, onToggle }: RowMenuTarget): readonly MenuEntry[] {
  if (row.kind !== 'endpoint')
    return [
      {
        id: 'toggle',
        label: row.expanded ? 'Close' : 'Open',
        run: () => {
          onToggle(row.key);
        },
      },
    ];
  const { id, calls } = row.endpoint;
  return [
    {
      id: 'calls',
      label: 'Show its calls',
      disabled: calls === 0 ? 'Nothing called it' : undefined,
      run: () => {
        follow(toCalls(matching('endpoint', id)));
      },
    },
    {
      id: 'templates',
      label: 'Edit path templates…',
      keys: keysOf('edit-templates'),
      run: () => {
        showTemplateEditor(id);
      },
    },
    {
      id: 'copy',
      label: 'Copy its name',
      run: () => {
        void copyText(id);
      },
    },
  ];
}
