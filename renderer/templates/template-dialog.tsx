import { showTemplateEditor, useTemplateEditor } from '../state/template-editor.ts';
import { TemplateEditor } from './template-editor.tsx';

const close = (): void => {
  showTemplateEditor(undefined);
};

/** The template editor where any screen asked for it; drawn by the frame. */
export function TemplateDialog() {
  const open = useTemplateEditor((state) => state.open);
  return open === undefined ? null : <TemplateEditor key={open} endpoint={open} onClose={close} />;
}
