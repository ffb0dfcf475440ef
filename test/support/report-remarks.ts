import type { CallJson } from '#shared/contract/report-json.ts';
import type { Remark } from '#shared/engine/report/section.ts';

/** What an analyst put on the first two of some calls. */
export const sampleRemarks = (calls: readonly CallJson[], spoil: (text: string) => string): readonly Remark[] =>
  calls.slice(0, 2).map((call, index) => ({
    call,
    marked: index === 0,
    starred: index === 1,
    tags: index === 0 ? [spoil('exfil')] : [],
    notes: index === 0 ? [spoil('The owner says that this was not theirs.')] : [],
  }));
