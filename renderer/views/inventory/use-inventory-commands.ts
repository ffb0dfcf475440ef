import { keysFor } from '../../state/built-in-keys.ts';
import { useCommands } from '../../state/commands.ts';
import { select, usePlace } from '../../state/selection.ts';
import { showTemplateEditor } from '../../state/template-editor.ts';

/** Offers what can be done on the Inventory screen: open and close its groups, and edit or close the chosen endpoint. */
export function useInventoryCommands(setAll: (open: boolean) => void): void {
  const chosen = usePlace('endpoint');
  useCommands([
    {
      id: 'open-all-hosts',
      title: 'Open all hosts and services',
      group: 'Inventory',
      run: () => {
        setAll(true);
      },
    },
    {
      id: 'close-all-hosts',
      title: 'Close all hosts and services',
      group: 'Inventory',
      run: () => {
        setAll(false);
      },
    },
    {
      id: 'edit-templates',
      title: 'Edit path templates…',
      group: 'Inventory',
      keys: keysFor('edit-templates'),
      enabled: chosen !== undefined,
      reason: 'No endpoint is open',
      run: () => {
        showTemplateEditor(chosen);
      },
    },
    {
      id: 'close-endpoint',
      title: 'Close the endpoint',
      group: 'Inventory',
      keys: keysFor('close-endpoint'),
      enabled: chosen !== undefined,
      reason: 'No endpoint is open',
      run: () => {
        select({ endpoint: undefined });
        // The focus was in what is gone now.
        document.querySelector<HTMLElement>('.inv-main [role$="grid"]')?.focus();
      },
    },
  ]);
}
