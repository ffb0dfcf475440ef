import { useEffect } from 'react';
import type { Inventory } from '#shared/contract/inventory.ts';
import { select } from '../../state/selection.ts';
import { findRenamed, useTemplateEditor } from '../../state/template-editor.ts';

/** Goes on showing the chosen endpoint under its new name, once an analysis has followed the rules that gave it one. */
export function useRenamed(rows: Inventory['rows'], stale: boolean, chosen: string | undefined): void {
  const renamed = useTemplateEditor((state) => state.renamed);
  const has = (id: string): boolean => rows.some((row) => row.id === id);
  const now = stale || chosen === undefined || renamed.length === 0 ? chosen : (findRenamed(renamed, chosen, has) ?? chosen);
  useEffect(() => {
    if (now !== chosen) select({ endpoint: now });
  }, [now, chosen]);
}
