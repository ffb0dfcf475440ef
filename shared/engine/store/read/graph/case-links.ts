import type { EdgeKind } from '../../../../contract/report-json.ts';
import type { CallColumns } from '../../columns/call-columns.ts';
import { ordinalOf } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';

/** Kinds of link that the map draws, strongest first; those of order alone prove nothing and are left out. */
export const LINK_KINDS = [
  'trace',
  'rpc',
  'value',
  'credential',
  'redirect',
  'pagination',
  'initiator',
  'nesting',
] as const satisfies readonly EdgeKind[];

/** Links between calls, by ordinal of the call, ordered by their effect. */
export interface CaseLinks {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Index into `LINK_KINDS`. */
  readonly kind: Uint8Array;
  readonly confidence: Float32Array;
}

/** Links read at once. */
const PAGE = 10_000;

interface LinkRow {
  readonly from_call: number;
  readonly to_call: number;
  readonly kind: EdgeKind;
  readonly confidence: number;
}

/** The links of a case but for those of order alone; read once and kept with its columns. Units: 13 bytes a link. */
export function caseLinks(db: SqlDriver, columns: CallColumns): Promise<CaseLinks> {
  return columns.derived('graph links', async (breathe) => {
    const kinds = new Map<string, number>(LINK_KINDS.map((kind, index) => [kind, index]));
    const most = db.prepare('SELECT count(*) AS n FROM edge').get<{ n: number }>()?.n ?? 0;
    const links = {
      from: new Int32Array(most),
      to: new Int32Array(most),
      kind: new Uint8Array(most),
      confidence: new Float32Array(most),
    };
    const last = db.prepare('SELECT max(id) AS last FROM edge').get<{ last: number | null }>()?.last ?? 0;
    const page = db.prepare(
      "SELECT from_call, to_call, kind, confidence FROM edge WHERE id BETWEEN ? AND ? AND kind <> 'adjacent' ORDER BY id",
    );
    let count = 0;
    for (let from = 1; from <= last; from += PAGE) {
      for (const row of page.all<LinkRow>(from, from + PAGE - 1)) {
        const cause = ordinalOf(columns.ids, row.from_call);
        const to = ordinalOf(columns.ids, row.to_call);
        const kind = kinds.get(row.kind);
        if (cause === undefined || to === undefined || kind === undefined || count >= most) continue;
        links.from[count] = cause;
        links.to[count] = to;
        links.kind[count] = kind;
        links.confidence[count] = row.confidence;
        count += 1;
      }
      await breathe();
    }
    return orderByEffect(links, count, columns.ids.length);
  });
}

/** The first `count` links in the order of their effects; equal ones keep theirs. Cost: linear, a counting sort. */
function orderByEffect(links: CaseLinks, count: number, calls: number): CaseLinks {
  const starts = new Int32Array(calls + 1);
  for (let at = 0; at < count; at += 1) {
    const next = (links.to[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let call = 0; call < calls; call += 1) starts[call + 1] = (starts[call + 1] ?? 0) + (starts[call] ?? 0);
  const ordered = {
    from: new Int32Array(count),
    to: new Int32Array(count),
    kind: new Uint8Array(count),
    confidence: new Float32Array(count),
  };
  for (let at = 0; at < count; at += 1) {
    const to = links.to[at] ?? 0;
    const place = starts[to] ?? 0;
    starts[to] = place + 1;
    ordered.from[place] = links.from[at] ?? 0;
    ordered.to[place] = to;
    ordered.kind[place] = links.kind[at] ?? 0;
    ordered.confidence[place] = links.confidence[at] ?? 0;
  }
  return ordered;
}
