import type { createTimeCheck } from '../read/reading.ts';
import { toIssue } from '../read/reading.ts';
import type { Batch } from '../read/reading.ts';
import type { ParsedPiece } from '../read/read-pieces.ts';
import { toInnerSpan } from './inner-span.ts';
import { toSpanCall } from './span-call.ts';
import type { Span } from './span.ts';

/** Puts a span into the batch: as a call, or as a record that is passed over because it is none. */
export function giveSpan(span: Span, piece: ParsedPiece, batch: Batch, checkTime: ReturnType<typeof createTimeCheck>): void {
  const { record, at, text } = piece;
  const meaning = toSpanCall(span, text);
  if ('why' in meaning) {
    batch.add(toIssue('skip', 'NOT_HTTP', meaning.why, { record, at }, text));
    const trace = toInnerSpan(span);
    if (trace !== undefined) batch.add({ kind: 'trace', trace });
    return;
  }
  batch.add({ kind: 'call', record, at, call: meaning.call });
  const doubt = checkTime(meaning.call, { record, at }, text);
  if (doubt !== undefined) batch.add(doubt);
}
