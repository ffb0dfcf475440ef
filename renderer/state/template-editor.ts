import { create } from 'zustand';

/** A template by the host that it is on. */
export interface TemplateOnHost {
  /** In lower case; empty for calls that name none. */
  readonly host: string;
  readonly template: string;
}

interface EditorStore {
  readonly open: TemplateOnHost | undefined;
}

/** The template that is being edited over the window; any screen opens it, the frame draws it. */
export const useTemplateEditor = create<EditorStore>()(() => ({ open: undefined }));

/** Opens the editor, or closes it. */
export function showTemplateEditor(open: TemplateOnHost | undefined): void {
  useTemplateEditor.setState({ open });
}

/** The host and template in the id of an endpoint, `GET api.test/users/{id}`; `undefined` for a call without an endpoint. */
export function findTemplate(endpoint: string | undefined): TemplateOnHost | undefined {
  const blank = endpoint?.indexOf(' ') ?? -1;
  const slash = endpoint?.indexOf('/', blank) ?? -1;
  if (endpoint === undefined || blank < 0 || slash < 0) return undefined;
  return { host: endpoint.slice(blank + 1, slash), template: endpoint.slice(slash) };
}
