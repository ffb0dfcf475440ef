import type { EdgeKind, CallRef } from '../../../../contract/report-json.ts';
import { hostPath } from '../../../../lib/host-path.ts';
import { toOutcome, type Outcome } from '../../../../model/call-outcome.ts';
import { placeOf } from '../../../../model/call-place.ts';
import { printPlace } from '../../../../model/inner-operation.ts';
import { findCauses, type TreeEdge } from '../../../../model/chain-tree.ts';
import { outcomeOf } from '../../call-answer.ts';
import type { SqlDriver } from '../../driver.ts';
import { CHAIN_CALLS_FROM, OF_CHAIN } from './common-order.ts';

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;

/** A call of a chain as facts and folds need it. Units: times in µs on the common clock, NaN where unknown. */
export interface ChainCall {
  readonly id: number;
  readonly ref: CallRef;
  /** Method, host and route. */
  readonly step: string;
  /** Method, host and path as sent. */
  readonly target: string;
  readonly host: string;
  readonly start: number;
  readonly end: number;
  readonly hasDuration: boolean;
  readonly status: number | undefined;
  readonly outcome: Outcome;
  readonly reqBytes: number | undefined;
  readonly resBytes: number | undefined;
}

/** A chain's calls in time order, the edges between them by place, and the tree that the strongest of those make. */
export interface ChainTree {
  readonly calls: readonly ChainCall[];
  readonly edges: readonly TreeEdge[];
  readonly cause: Int32Array;
}

interface Row {
  readonly id: number; readonly source: string; readonly record: number; readonly time: number | null; readonly time_kind: number;
  readonly duration: number | null; readonly status: number | null; readonly flags: number; readonly req_bytes: number | null; readonly res_bytes: number | null;
  readonly method: string | null; readonly host: string | null; readonly path: string | null; readonly tool: string | null;
  readonly key: string | null; readonly e_method: string | null; readonly e_host: string | null; readonly template: string | null;
} // prettier-ignore

function toCall(row: Row): ChainCall {
  const time = row.time ?? NaN;
  const start = row.time_kind === STAMPS_END ? time - (row.duration ?? 0) : time;
  const { key, e_method: method, e_host: host, template } = row;
  const place = placeOf({ path: row.path ?? '', tool: row.tool ?? undefined });
  const target = `${row.method ?? '?'} ${hostPath(row.host ?? '', place)}`;
  const route =
    key === null || method === null || host === null || template === null
      ? target
      : `${method} ${host}${printPlace({ key, method, host, template })}`;
  return {
    id: row.id, ref: `${row.source}#${String(row.record)}`, step: route, target, host: row.host ?? '', start, end: start + (row.duration ?? 0),
    hasDuration: row.duration !== null, status: row.status ?? undefined, outcome: toOutcome({ status: row.status ?? undefined, outcome: outcomeOf(row) }), reqBytes: row.req_bytes ?? undefined, resBytes: row.res_bytes ?? undefined,
  }; // prettier-ignore
}

/** The first `limit` calls of a chain and the tree that they are. */
export function readChainTree(db: SqlDriver, chainId: number, limit: number): ChainTree {
  const calls = db
    .prepare(
      `SELECT c.id, s.name AS source, c.record, c.time - coalesce(k.ahead, 0) AS time, c.time_kind, c.duration, c.status, c.flags, c.req_bytes, c.res_bytes, m.value AS method, h.value AS host,
              c.path, t.value AS tool, e.key, e.method AS e_method, e.host AS e_host, e.template
       ${CHAIN_CALLS_FROM} LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term h ON h.id = c.host_id LEFT JOIN term t ON t.id = c.tool_id LEFT JOIN endpoint e ON e.id = f.endpoint_id
       ${OF_CHAIN} LIMIT ?`,
    )
    .all<Row>(chainId, limit)
    .map(toCall);
  const place = new Map(calls.map(({ id }, at) => [id, at]));
  const edges = db
    .prepare('SELECT from_call, to_call, kind, confidence FROM edge WHERE chain_id = ? ORDER BY id')
    .all<{ from_call: number; to_call: number; kind: EdgeKind; confidence: number }>(chainId)
    .flatMap(({ from_call, to_call, kind, confidence }) => {
      const [from, to] = [place.get(from_call), place.get(to_call)];
      return from === undefined || to === undefined ? [] : [{ from, to, kind, confidence }];
    });
  const isSameRoute = (a: number, b: number): boolean => calls[a]?.step === calls[b]?.step && calls[a]?.outcome === calls[b]?.outcome;
  return { calls, edges, cause: findCauses(calls.length, edges, isSameRoute) };
}
