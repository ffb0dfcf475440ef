import type { Cell } from './blocks.ts';
import type { ReportView } from './section.ts';
import { code, text } from './text.ts';

/** The titles of the rules that were asked, by their ids. */
export function ruleTitles({ detectorSettings }: Pick<ReportView, 'detectorSettings'>): (detector: string) => string | undefined {
  const titles = new Map(detectorSettings.map(({ detector, title }) => [detector, title]));
  return (detector) => titles.get(detector);
}

/** What a rule is called, and below it the id that commands and files know it by. */
export const ruleName = (id: string, title: string | undefined): Cell =>
  title === undefined || title === id ? [code(id)] : [text(title), { kind: 'break' }, code(id)];
