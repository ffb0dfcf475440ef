import type { GraphLine, GraphMap, GraphNode } from '../../../../contract/graph.ts';
import type { Severity } from '../../../../contract/report-json.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { toBoxes, type Boxes, type BoxRequest } from './boxes.ts';
import { LINK_KINDS } from './case-links.ts';
import type { FlowShape } from './flow-index.ts';
import type { Flow } from './flows.ts';
import { membersOf, type NamedPair } from './members.ts';

/** Most lines that are drawn; the thinnest beyond are counted only. Source: ux.md 2.10. */
const MAX_LINES = 1600;

/** What a map is made of, for one query. */
export interface MapGround {
  readonly flows: readonly Flow[];
  readonly named: readonly NamedPair[];
}

/** Puts the callers and operations of a query into boxes. */
export const mapBoxes = (db: SqlDriver, { flows, named }: MapGround, request: BoxRequest): Boxes =>
  toBoxes(db, ...membersOf(flows, named), request);

/** A line that a flow is on; `kind` is -1 where only the caller is known. */
interface OnLine {
  readonly from: number;
  readonly to: number;
  readonly role: GraphLine['role'];
  readonly kind: number;
}

/**
 * The lines that calls of one shape are on: exactly one that says who made them and, where answers led to them, one more for each box and
 * kind of proof that they came from.
 */
export function linesOf({ principal, endpoint, by, ledBy }: FlowShape, boxes: Boxes): readonly OnLine[] {
  const boxOf = (id: number): number => boxes.ofEndpoint.get(id) ?? -1;
  const to = boxOf(endpoint);
  if (to < 0) return [];
  const maker = by === undefined ? -1 : boxOf(by.endpoint);
  const caller = boxes.ofPrincipal.get(principal) ?? -1;
  // Inside of one box the line would end where it begins: then the caller is what can be said.
  const called: OnLine =
    by !== undefined && maker >= 0 && maker !== to
      ? { from: maker, to, role: 'called', kind: by.kind }
      : { from: caller, to, role: 'called', kind: -1 };
  const led = ledBy.map(({ endpoint: origin, kind }): OnLine => ({ from: boxOf(origin), to, role: 'led-to', kind }));
  return [called, ...led].filter(({ from }) => from >= 0 && from !== to);
}

/** One line before it is printed. */
interface Line extends Omit<OnLine, 'kind'> {
  /** Calls by kind of proof. */
  readonly kinds: Map<number, number>;
  calls: number;
  failed: number;
  first: number;
  last: number;
}

function addTo(line: Line, { calls, failed, first, last }: Flow): void {
  line.calls += calls;
  line.failed += failed;
  line.first = Math.min(line.first, first);
  line.last = Math.max(line.last, last);
}

/** Counts every flow on its lines. Cost: linear in flows, whatever the number of calls. */
function countLines(flows: readonly Flow[], boxes: Boxes): readonly Line[] {
  const lines = new Map<number, Line>();
  for (const flow of flows) {
    const counted = new Set<Line>();
    for (const { from, to, role, kind } of linesOf(flow, boxes)) {
      const key = (from * boxes.boxes.length + to) * 2 + Number(role === 'led-to');
      const line: Line = lines.get(key) ?? { from, to, role, kinds: new Map(), calls: 0, failed: 0, first: Infinity, last: -Infinity };
      lines.set(key, line);
      if (kind >= 0) line.kinds.set(kind, (line.kinds.get(kind) ?? 0) + flow.calls);
      // Several proofs of one line are the same calls.
      if (!counted.has(line)) addTo(line, flow);
      counted.add(line);
    }
  }
  return [...lines.values()].sort((a, b) => b.calls - a.calls || a.from - b.from || a.to - b.to);
}

/** The aggregate map of the calls that fit. */
export function graphMap(db: SqlDriver, ground: MapGround, request: BoxRequest): GraphMap {
  const boxes = mapBoxes(db, ground, request);
  const lines = countLines(ground.flows, boxes);
  return {
    calls: ground.flows.reduce((sum, { calls }) => sum + calls, 0),
    nodes: countNodes(ground, boxes),
    lines: lines.slice(0, MAX_LINES).map((line) => toLine(line, boxes)),
    ungrouped: boxes.ungrouped,
    grouping: boxes.grouping,
    linesLeftOut: Math.max(0, lines.length - MAX_LINES),
  };
}

function toLine(line: Line, { boxes }: Boxes): GraphLine {
  const kind = [...line.kinds].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
  const name = kind === undefined ? undefined : LINK_KINDS[kind];
  const span = line.first > line.last ? {} : { firstSeen: printTime(epochMicros(line.first)), lastSeen: printTime(epochMicros(line.last)) };
  return {
    from: boxes[line.from]?.id ?? '',
    to: boxes[line.to]?.id ?? '',
    role: line.role,
    ...(name === undefined ? {} : { kind: name }),
    calls: line.calls,
    failed: line.failed,
    ...span,
  };
}

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** The boxes with the calls that their callers made or that their operations answered. */
function countNodes({ flows, named }: MapGround, boxes: Boxes): readonly GraphNode[] {
  const counts = boxes.boxes.map((): { calls: number; failed: number; rank: number } => ({ calls: 0, failed: 0, rank: -1 }));
  const countsOf = ({ principal, endpoint }: { readonly principal: number; readonly endpoint: number }) =>
    [boxes.ofPrincipal.get(principal), boxes.ofEndpoint.get(endpoint)].flatMap((box) => counts[box ?? -1] ?? []);
  for (const flow of flows) {
    for (const count of countsOf(flow)) {
      count.calls += flow.calls;
      count.failed += flow.failed;
    }
  }
  for (const pair of named) for (const count of countsOf(pair)) count.rank = Math.max(count.rank, SEVERITIES.indexOf(pair.severity));
  return boxes.boxes.map((box, index) => {
    const { calls = 0, failed = 0, rank = -1 } = counts[index] ?? {};
    const severity = SEVERITIES[rank];
    return { ...box, calls, failed, ...(severity === undefined ? {} : { severity }) };
  });
}
