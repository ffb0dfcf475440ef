import type { TimeKind } from './call.ts';

/**
 * When a call began, as far as its record tells: a log that stamps the end of a request says so less what the request took.
 * Units: `time` and the result in µs, `durationMs` in ms.
 */
export const startOfCall = (time: number, kind: TimeKind, durationMs: number | undefined): number =>
  kind === 'end' ? time - Math.round((durationMs ?? 0) * 1000) : time;
