import { groupByLog, nameOfLog } from '#shared/model/log-names.ts';
import type { SourceJson } from '#shared/contract/report-json.ts';

/** A line of the table of what was read: a source, or the files of one log. */
export interface FoldedSources {
  readonly name: string;
  readonly format: string;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** What was read, one line a source, the files of one log in one line with their sums: a log in hourly files has hundreds that look alike. */
export function foldSources(sources: readonly SourceJson[]): readonly FoldedSources[] {
  return groupByLog(sources).map((files) => {
    const [{ format, duplicateOf } = {}] = files as readonly Partial<SourceJson>[];
    const sum = (column: 'records' | 'accepted' | 'rejected' | 'skipped'): number => files.reduce((total, file) => total + file[column], 0);
    return {
      name: nameOfLog(files),
      format: duplicateOf === undefined ? (format ?? 'not recognised') : `same as ${duplicateOf}`,
      records: sum('records'),
      accepted: sum('accepted'),
      rejected: sum('rejected'),
      skipped: sum('skipped'),
    };
  });
}
