import type { EdgeKind } from '../../../../contract/report-json.ts';
import type { CallRow, Mark } from '../../../../contract/rows.ts';
import type { MarkedText } from './edge-text.ts';

/** A field of both records that an edge without a value between two places leans on. */
interface Proof {
  readonly cause: readonly [name: string, value: string | undefined];
  readonly effect: readonly [name: string, value: string | undefined];
}

const took = ({ durationMs }: CallRow): string => (durationMs === undefined ? '' : `, took ${String(durationMs)} ms`);

/** Fields by kind, those that say most first; only what both records have, and for ids have alike, is shown. */
function proofsOf(kind: EdgeKind, cause: CallRow, effect: CallRow): readonly Proof[] {
  const same = (name: string, of: (call: CallRow) => string | undefined): readonly Proof[] =>
    of(cause) === undefined || of(cause) !== of(effect) ? [] : [{ cause: [name, of(cause)], effect: [name, of(effect)] }];
  const span: readonly Proof[] =
    cause.spanId !== undefined && cause.spanId === effect.parentSpanId
      ? [{ cause: ['span id', cause.spanId], effect: ['parent span id', effect.parentSpanId] }]
      : [];
  const ids = [...span, ...same('trace id', (call) => call.traceId), ...same('request id', (call) => call.requestId)];
  const times: readonly Proof[] =
    cause.time === undefined || effect.time === undefined
      ? []
      : [{ cause: ['time', `${cause.time}${took(cause)}`], effect: ['time', `${effect.time}${took(effect)}`] }];
  const address: readonly Proof[] =
    cause.upstream === undefined ? [] : [{ cause: ['passed on to', cause.upstream], effect: ['host', effect.host] }];
  if (kind === 'nesting') return [...ids, ...times, ...address];
  if (kind === 'adjacent') return [...ids, ...times];
  if (kind === 'credential') return [...same('credential', (call) => call.credential), ...times];
  return ids.length > 0 ? ids : times;
}

/**
 * The fields of both records that an edge leans on which no single value proves: ids that agree, else times and addresses, each marked.
 * Shape: the request line, then a field a line; undefined where the records have none of them.
 */
export function markFields(kind: EdgeKind, cause: CallRow, effect: CallRow, side: 'cause' | 'effect'): MarkedText | undefined {
  const proofs = proofsOf(kind, cause, effect);
  if (proofs.length === 0) return undefined;
  const call = side === 'cause' ? cause : effect;
  let text = `${call.method ?? ''} ${call.host ?? ''}${call.path ?? ''}${call.query === undefined ? '' : `?${call.query}`}`;
  const marks: Mark[] = [];
  for (const proof of proofs) {
    const [name, value] = proof[side];
    if (value === undefined) continue;
    text += `\n${name}: `;
    marks.push({ start: text.length, length: value.length });
    text += value;
  }
  return { text, marks };
}
