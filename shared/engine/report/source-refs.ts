import type { Cell } from './blocks.ts';
import type { ReportView } from './section.ts';
import { code, link } from './text.ts';

/** The anchor of a source's row in the section on evidence. */
export const sourceAnchor = (index: number): string => `file-${String(index + 1)}`;

/** The short name of a source on pages: `E3` is the third of the list of files. */
export const sourceName = (index: number): string => `E${String(index + 1)}`;

/**
 * References as pages print them: the number of the file in the section on evidence, then the record; the whole name stands there once, so that
 * no column has to break it.
 */
export function sourceRefs(view: Pick<ReportView, 'json'>): (ref: string) => Cell {
  const numbers = new Map(view.json.sources.map(({ name }, index) => [name, index]));
  return (ref) => {
    const mark = ref.lastIndexOf('#');
    const index = numbers.get(ref.slice(0, mark));
    if (index === undefined) return [code(ref)];
    const short = sourceName(index);
    return [link(sourceAnchor(index), short), code(ref.slice(mark))];
  };
}
