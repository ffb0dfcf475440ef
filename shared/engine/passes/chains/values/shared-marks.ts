import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { keyOf } from './key-index.ts';

/** What both calls of an edge show, a bit each: kept with the edge, so that the columns need not stay for its sentence. */
export const MARK = {
  trace: 1,
  requestId: 2,
  /** The span that both name as their parent. */
  context: 4,
  /** The span of the cause is the one that the effect names as its parent. */
  parentSpan: 8,
  /** Method and path. */
  request: 16,
  query: 32,
  status: 64,
  client: 128,
  program: 256,
  upstream: 512,
} as const;

/** The marks of a cause and its effect. */
export function marksOf(calls: CallColumns, from: number, to: number): number {
  const markIf = (isTrue: boolean, mark: number): number => (isTrue ? mark : 0);
  const ifSame = (column: ArrayLike<number>, none: number, mark: number): number =>
    markIf(numberAt(column, to) !== none && numberAt(column, from) === numberAt(column, to), mark);
  const parentSpan = numberAt(calls.parentSpan, to);
  return (
    ifSame(calls.trace, 0, MARK.trace) |
    ifSame(calls.requestId, 0, MARK.requestId) |
    ifSame(calls.parentSpan, 0, MARK.context) |
    markIf(parentSpan !== 0 && parentSpan === numberAt(calls.span, from), MARK.parentSpan) |
    markIf(keyOf(calls, from) === keyOf(calls, to), MARK.request) |
    ifSame(calls.query, 0, MARK.query) |
    ifSame(calls.status, NONE, MARK.status) |
    ifSame(calls.clientIp, NONE, MARK.client) |
    ifSame(calls.userAgent, NONE, MARK.program) |
    ifSame(calls.upstream, NONE, MARK.upstream)
  );
}
