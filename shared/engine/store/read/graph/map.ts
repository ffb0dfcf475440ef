import type { GraphLine, GraphMap, GraphNode } from '../../../../contract/graph.ts';
import type { Severity } from '../../../../contract/report-json.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { Found } from '../../columns/call-search.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { toBoxes, type Boxes, type BoxRequest } from './boxes.ts';
import { caseCauses, type CaseCauses } from './case-causes.ts';
import { LINK_KINDS } from './case-links.ts';
import { casePairs, type CasePairs } from './case-pairs.ts';
import { membersOf, namedCalls } from './members.ts';

/** Most lines that are drawn; the thinnest beyond are counted only. Source: ux.md 2.10. */
const MAX_LINES = 1600;

/** Everything that a line is counted from, for one query. */
export interface MapGround {
  readonly found: Found;
  readonly pairs: CasePairs;
  readonly causes: CaseCauses;
  readonly boxes: Boxes;
}

/** Reads what the map of some calls is made of. */
export async function mapGround(db: SqlDriver, found: Found, request: BoxRequest): Promise<MapGround> {
  const { columns } = found;
  await columns.need(['f.principal_id', 'f.endpoint_id', 'c.time', 'c.duration', 'c.status']);
  const pairs = await casePairs(columns);
  const causes = await caseCauses(db, columns);
  return { found, pairs, causes, boxes: toBoxes(db, ...membersOf(found, pairs, namedCalls(db, found)), request) };
}

/** One line before it is printed. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly role: GraphLine['role'];
  readonly kinds: Map<number, number>;
  calls: number;
  failed: number;
  first: number;
  last: number;
  /** The effect that was counted last: several links to one call are one call. */
  latest: number;
}

/**
 * Hears of every call on every line, in order of the calls. Each call is on exactly one line that says who made it; where several answers
 * led to it, on one more line for each box that they came from.
 */
export async function eachOnLine(
  { found, pairs, causes, boxes }: MapGround,
  breathe: () => Promise<void>,
  visit: (from: number, to: number, role: GraphLine['role'], kind: number, ordinal: number) => void,
): Promise<void> {
  const { mask } = found;
  const { links, causeOf, isParent } = causes;
  const boxOfPair = {
    caller: pairs.principals.map((id) => boxes.ofPrincipal.get(id) ?? -1),
    target: pairs.endpoints.map((id) => boxes.ofEndpoint.get(id) ?? -1),
  };
  const targetOf = (ordinal: number): number => boxOfPair.target[pairs.pairOf[ordinal] ?? 0] ?? -1;
  let link = 0;
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    const to = mask[ordinal] === 1 ? targetOf(ordinal) : -1;
    if (to >= 0) {
      const cause = causeOf[ordinal] ?? -1;
      const by = cause < 0 ? -1 : targetOf(links.from[cause] ?? 0);
      // Inside of one box the line would end where it begins: then the caller is what can be said.
      if (by >= 0 && by !== to) visit(by, to, 'called', links.kind[cause] ?? 0, ordinal);
      else visit(boxOfPair.caller[pairs.pairOf[ordinal] ?? 0] ?? -1, to, 'called', -1, ordinal);
    }
    for (; link < links.to.length && (links.to[link] ?? 0) <= ordinal; link += 1) {
      if (to < 0 || links.to[link] !== ordinal || isParent[link] === 1) continue;
      const from = targetOf(links.from[link] ?? 0);
      if (from >= 0 && from !== to) visit(from, to, 'led-to', links.kind[link] ?? 0, ordinal);
    }
  }
}

/** The aggregate map of the calls that fit. Cost: some walks over columns in memory, about 0.1 s a million calls, once they are read. */
export async function graphMap(db: SqlDriver, found: Found, request: BoxRequest, breathe: () => Promise<void>): Promise<GraphMap> {
  const ground = await mapGround(db, found, request);
  const { boxes } = ground.boxes;
  const times = await found.columns.numbersOf('c.time');
  const statuses = await found.columns.numbersOf('c.status');
  const lines = new Map<number, Line>();
  await eachOnLine(ground, breathe, (from, to, role, kind, ordinal) => {
    if (from < 0) return;
    const key = (from * boxes.length + to) * 2 + Number(role === 'led-to');
    let line = lines.get(key);
    if (line === undefined) {
      line = { from, to, role, kinds: new Map(), calls: 0, failed: 0, first: Infinity, last: -Infinity, latest: -1 };
      lines.set(key, line);
    }
    if (kind >= 0) line.kinds.set(kind, (line.kinds.get(kind) ?? 0) + 1);
    if (line.latest === ordinal) return;
    line.latest = ordinal;
    line.calls += 1;
    if ((statuses[ordinal] ?? 0) >= 400) line.failed += 1;
    const time = times[ordinal] ?? NaN;
    if (time < line.first) line.first = time;
    if (time > line.last) line.last = time;
  });
  const kept = [...lines.values()].sort((a, b) => b.calls - a.calls || a.from - b.from || a.to - b.to).slice(0, MAX_LINES);
  return {
    calls: found.total,
    nodes: await countNodes(db, ground),
    lines: kept.map((line) => toLine(line, ground.boxes)),
    ungrouped: ground.boxes.ungrouped,
    grouping: ground.boxes.grouping,
    linesLeftOut: lines.size - kept.length,
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

/** The boxes with the calls that their callers made or that their operations answered. */
async function countNodes(db: SqlDriver, { found, pairs, boxes }: MapGround): Promise<readonly GraphNode[]> {
  const statuses = await found.columns.numbersOf('c.status');
  const named = namedCalls(db, found);
  const counts = boxes.boxes.map((): { calls: number; failed: number; severity: Severity | undefined } => ({
    calls: 0,
    failed: 0,
    severity: undefined,
  }));
  for (let ordinal = 0; ordinal < found.mask.length; ordinal += 1) {
    if (found.mask[ordinal] !== 1) continue;
    const pair = pairs.pairOf[ordinal] ?? 0;
    for (const box of [boxes.ofPrincipal.get(pairs.principals[pair] ?? 0), boxes.ofEndpoint.get(pairs.endpoints[pair] ?? 0)]) {
      const count = box === undefined ? undefined : counts[box];
      if (count === undefined) continue;
      count.calls += 1;
      if ((statuses[ordinal] ?? 0) >= 400) count.failed += 1;
    }
  }
  const severities: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
  for (const [ordinal, severity] of named) {
    const pair = pairs.pairOf[ordinal] ?? 0;
    for (const box of [boxes.ofPrincipal.get(pairs.principals[pair] ?? 0), boxes.ofEndpoint.get(pairs.endpoints[pair] ?? 0)]) {
      const count = box === undefined ? undefined : counts[box];
      if (count !== undefined && severities.indexOf(severity) > severities.indexOf(count.severity ?? 'info')) count.severity = severity;
    }
  }
  return boxes.boxes.map((box, index) => {
    const { calls = 0, failed = 0, severity } = counts[index] ?? {};
    return { ...box, calls, failed, ...(severity === undefined ? {} : { severity }) };
  });
}
