import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { toLayer } from '#shared/model/graph-layer.ts';
import { operationOfTool } from '#shared/model/inner-operation.ts';

/** Who sent a call, or who answers it. */
export interface Sender {
  readonly id: string;
  readonly label: string;
  readonly kind: NonNullable<DrawnCall['kind']> | 'host';
}

/** Links that name a parent: a span that names it, a hop's request id, or a call that lies within another one on one clock. */
const PARENT: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/**
 * Who sent a call: the host that answered its parent, where a link names one; else the caller that attribution names. A model calls nothing,
 * so what its answer led to was sent by its own caller.
 * Example: a gateway answers, its upstream is called in the same trace: the gateway sent that.
 */
export function senderOf(call: DrawnCall, edge: EdgeJson | undefined, cause: DrawnCall | undefined, answerer: Sender | undefined): Sender {
  if (edge !== undefined && cause !== undefined && answerer !== undefined && PARENT.has(edge.kind) && !isModel(cause)) return answerer;
  const { principal, principalLabel, kind = 'unknown' } = call;
  return { id: `principal:${principal ?? ''}`, label: principalLabel ?? principal ?? 'principal not known', kind };
}

function isModel({ path = '', endpoint, method = '', tool }: DrawnCall): boolean {
  const template = endpoint?.slice(Math.max(0, endpoint.indexOf('/'))).split(' · ')[0];
  return toLayer(template ?? path, operationOfTool(method, tool)) === 'model';
}
