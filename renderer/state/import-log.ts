import type { Progress, SourceProgress } from '#shared/contract/methods.ts';

/** Finished sources that stay in sight. */
const KEEP = 50;

/** What an import has done so far, source by source. */
export interface ImportLog {
  /** The source that is being read. */
  readonly current: SourceProgress | undefined;
  /** The last finished ones, newest first. */
  readonly finished: readonly SourceProgress[];
  /** Sources that are done, with those that `finished` no longer holds. */
  readonly sources: number;
  /** Records of finished sources. */
  readonly accepted: number;
  readonly rejected: number;
}

export const EMPTY_LOG: ImportLog = { current: undefined, finished: [], sources: 0, accepted: 0, rejected: 0 };

/** Takes one report of an import into account; reports without a source (indices, analysis) change nothing. */
export function followImport(log: ImportLog, { source }: Progress): ImportLog {
  if (source === undefined) return log;
  if (!source.done) return { ...log, current: source };
  return {
    current: undefined,
    finished: [source, ...log.finished].slice(0, KEEP),
    sources: log.sources + 1,
    accepted: log.accepted + source.accepted,
    rejected: log.rejected + source.rejected,
  };
}

/** Records of an import so far, those of the source that is being read included. */
export const acceptedSoFar = ({ accepted, current }: ImportLog): number => accepted + (current?.accepted ?? 0);
export const rejectedSoFar = ({ rejected, current }: ImportLog): number => rejected + (current?.rejected ?? 0);
