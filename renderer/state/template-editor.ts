import { create } from 'zustand';

interface EditorStore {
  /** The id of the endpoint whose template is edited. */
  readonly open: string | undefined;
  /** Endpoints that were given another template in this window: the id before and the id after. */
  readonly renamed: readonly (readonly [before: string, after: string])[];
}

/** The template that is being edited over the window; any screen opens it, the frame draws it. */
export const useTemplateEditor = create<EditorStore>()(() => ({ open: undefined, renamed: [] }));

/** Opens the editor for the template of an endpoint, or closes it. */
export function showTemplateEditor(open: string | undefined): void {
  useTemplateEditor.setState({ open });
}

/** Keeps what an endpoint is called once the analysis has followed the rules, so that a screen that shows it can follow too. */
export function noteRename(before: string, after: string): void {
  useTemplateEditor.setState(({ renamed }) => ({ renamed: [...renamed, [before, after]] }));
}

/** What an endpoint that is gone is called now: the new name after an analysis, the old one after Undo. Shape: `has` knows the ids that there are. */
export function findRenamed(renamed: EditorStore['renamed'], id: string, has: (id: string) => boolean): string | undefined {
  const seen = new Set([id]);
  for (const at of seen) {
    if (has(at)) return at;
    for (const [before, after] of renamed) if (before === at || after === at) seen.add(before).add(after);
  }
  return undefined;
}
