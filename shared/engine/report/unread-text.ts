import type { ReportView } from './section.ts';
import { plural } from './text.ts';

/** "4 records and 3 whole files could not be read"; `undefined` where everything could, since a row of zeros reads like a loss. */
export function unreadText({ overview: { records, unreadSources } }: Pick<ReportView, 'overview'>): string | undefined {
  const lost = [
    ...(records.rejected === 0 ? [] : [plural(records.rejected, 'record')]),
    ...(unreadSources === 0 ? [] : [plural(unreadSources, 'whole file')]),
  ];
  return lost.length === 0 ? undefined : `${lost.join(' and ')} could not be read`;
}
