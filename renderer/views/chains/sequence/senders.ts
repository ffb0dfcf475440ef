import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';

/** Who sent a call, or who answers it. */
export interface Sender {
  readonly id: string;
  readonly label: string;
  readonly kind: NonNullable<CallRow['kind']> | 'host';
}

/** Links by which one call can have been made while another one was answered. */
const INSIDE: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/**
 * Who sent a call: the host that was answering its cause when it began, where a trace, a message id or nesting in time says so; else the
 * caller that attribution names.
 * Example: a gateway answers from 0 to 90 ms and its upstream is called at 12 ms in the same trace: the gateway sent that.
 */
export function senderOf(call: CallRow, edge: EdgeJson | undefined, cause: CallRow | undefined, answerer: Sender | undefined): Sender {
  if (edge !== undefined && cause !== undefined && answerer !== undefined && INSIDE.has(edge.kind) && !beganAfter(call, cause)) return answerer;
  const { principal, principalLabel, kind = 'unknown' } = call;
  return { id: `caller:${principal ?? ''}`, label: principalLabel ?? principal ?? 'caller not known', kind };
}

/** True when a call began after another had ended; false where a time or a duration is not known. */
function beganAfter(call: CallRow, other: CallRow): boolean {
  return Date.parse(call.time ?? '') > Date.parse(other.time ?? '') + (other.durationMs ?? NaN);
}
