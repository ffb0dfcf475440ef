import type { GraphHeat, HeatLabel } from '../../../../contract/graph.ts';
import { sliceLength } from '../activity.ts';
import type { Found } from '../../columns/call-search.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { toBoxes, type Box } from './boxes.ts';
import { casePairs } from './case-pairs.ts';
import { membersOf, namedCalls } from './members.ts';

/** What the two pictures are asked for. */
export interface HeatRequest {
  readonly slices: number;
  /** Most rows of callers, and most columns of operations; the rest is one more. */
  readonly callers: number;
  readonly operations: number;
}

const label = (box: Box, calls: number): HeatLabel => ({
  id: box.id,
  label: box.label,
  ...(box.kind === undefined ? {} : { kind: box.kind }),
  ...(box.host === undefined ? {} : { host: box.host }),
  ...(box.clause === undefined ? {} : { clause: box.clause }),
  calls,
  members: box.members,
});

/** True for what the boxes count together already: it goes to the end, with the rest. */
const isRest = (box: Box | undefined): boolean => box?.id.startsWith('other:') === true;

/** The busiest boxes of a side, and the place of every box among them; what is beyond shares the last place. */
function ranked(boxes: readonly Box[], counts: readonly number[], isSide: (box: Box) => boolean, most: number, rest: string) {
  const order = [...boxes.keys()]
    .filter((index) => boxes[index] !== undefined && isSide(boxes[index]))
    .sort((a, b) => Number(isRest(boxes[a])) - Number(isRest(boxes[b])) || (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const shown = order.length > most ? order.slice(0, most - 1) : order;
  const places = new Map(order.map((index, rank) => [index, Math.min(rank, shown.length)]));
  const labels = shown.flatMap((index) => {
    const box = boxes[index];
    return box === undefined ? [] : [label(box, counts[index] ?? 0)];
  });
  const left = order.slice(shown.length);
  const members = left.reduce((sum, index) => sum + (boxes[index]?.members ?? 0), 0);
  const calls = left.reduce((sum, index) => sum + (counts[index] ?? 0), 0);
  return { places, labels: left.length === 0 ? labels : [...labels, { id: `other:${rest}`, label: `other ${rest}s`, calls, members }] };
}

/** Callers over time, and callers by operation. Cost: two walks over columns in memory. */
export async function graphHeat(db: SqlDriver, found: Found, request: HeatRequest, breathe: () => Promise<void>): Promise<GraphHeat> {
  const { columns, mask, total } = found;
  await columns.need(['f.principal_id', 'f.endpoint_id', 'c.time']);
  const pairs = await casePairs(columns);
  const times = await columns.numbersOf('c.time');
  const members = membersOf(found, pairs, namedCalls(db, found));
  const boxes = toBoxes(db, ...members, { grouping: 'operation', open: [] });
  const callerOf = pairs.principals.map((id) => boxes.ofPrincipal.get(id) ?? -1);
  const targetOf = pairs.endpoints.map((id) => boxes.ofEndpoint.get(id) ?? -1);
  const counts = boxes.boxes.map(() => 0);
  let first = Infinity;
  let last = -Infinity;
  let untimed = 0;
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    if (mask[ordinal] !== 1) continue;
    const pair = pairs.pairOf[ordinal] ?? 0;
    for (const box of [callerOf[pair] ?? -1, targetOf[pair] ?? -1]) counts[box] = (counts[box] ?? 0) + 1;
    const time = times[ordinal] ?? NaN;
    if (Number.isNaN(time)) untimed += 1;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const rows = ranked(boxes.boxes, counts, (box) => box.layer === 'caller', request.callers, 'caller');
  const heads = ranked(boxes.boxes, counts, (box) => box.layer !== 'caller', request.operations, 'operation');
  const step = first > last ? 1 : sliceLength(first, last, request.slices);
  const start = first > last ? 0 : Math.floor(first / step) * step;
  const length = first > last ? 0 : Math.floor((last - start) / step) + 1;
  const overTime = rows.labels.map(() => new Array<number>(length).fill(0));
  const matrix = rows.labels.map(() => new Array<number>(heads.labels.length).fill(0));
  const add = (cells: number[] | undefined, at: number): void => {
    if (cells !== undefined && at < cells.length) cells[at] = (cells[at] ?? 0) + 1;
  };
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    if (mask[ordinal] !== 1) continue;
    const pair = pairs.pairOf[ordinal] ?? 0;
    const row = rows.places.get(callerOf[pair] ?? -1) ?? -1;
    const time = times[ordinal] ?? NaN;
    if (!Number.isNaN(time)) add(overTime[row], Math.floor((time - start) / step));
    add(matrix[row], heads.places.get(targetOf[pair] ?? -1) ?? Infinity);
  }
  const slices = Array.from({ length: length === 0 ? 0 : length + 1 }, (_, index) => start + index * step);
  return { calls: total, untimed, slices, callers: rows.labels, operations: heads.labels, overTime, matrix };
}
