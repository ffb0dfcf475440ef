import type { CaseInfo } from '#shared/contract/rows.ts';
import { acceptedSoFar, rejectedSoFar, type ImportLog } from '../state/import-log.ts';
import { formatPlural } from '../widgets/format.ts';

/**
 * What a case holds, in words. While an import runs, what it has read stands there until its first calls can be listed; undefined as
 * long as nothing is known.
 */
export function countsOf(info: Pick<CaseInfo, 'calls' | 'sources'> | undefined, importing: ImportLog | undefined): string | undefined {
  if (importing !== undefined && (info === undefined || info.calls === 0)) {
    const read = acceptedSoFar(importing) + rejectedSoFar(importing);
    return read === 0 ? 'Looking at the files' : `${formatPlural(read, 'record')} read so far`;
  }
  if (info === undefined) return undefined;
  return `${formatPlural(info.calls, 'call')}${importing === undefined ? '' : ' so far'} · ${formatPlural(info.sources, 'source')}`;
}
