import type { GraphHeat, HeatLabel } from '../../../../contract/graph.ts';
import { sliceLength } from '../calls/activity.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Box } from './boxes.ts';
import type { FlowSource } from './flow-source.ts';
import type { Flow } from './flows.ts';
import { mapBoxes, type MapGround } from './map.ts';

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

/** Slices of time of equal length. Units: µs. */
interface Slices {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** The slices that the times of flows need; none where no call has a time. */
function slicesFor(flows: readonly Flow[], most: number): Slices {
  const first = flows.reduce((least, flow) => Math.min(least, flow.first), Infinity);
  const last = flows.reduce((latest, flow) => Math.max(latest, flow.last), -Infinity);
  if (first > last) return { start: 0, step: 1, length: 0 };
  const step = sliceLength(first, last, most);
  const start = Math.floor(first / step) * step;
  return { start, step, length: Math.floor((last - start) / step) + 1 };
}

/** Callers over time, and callers by operation. Cost: one walk over the times; the rest is counted from flows. */
export async function graphHeat(db: SqlDriver, source: FlowSource, ground: MapGround, request: HeatRequest): Promise<GraphHeat> {
  const { flows } = ground;
  const boxes = mapBoxes(db, ground, { grouping: 'operation', open: [] });
  const counts = boxes.boxes.map(() => 0);
  const placesOf = ({ principal, endpoint }: Flow): readonly [caller: number, target: number] => [
    boxes.ofPrincipal.get(principal) ?? -1,
    boxes.ofEndpoint.get(endpoint) ?? -1,
  ];
  for (const flow of flows) for (const box of placesOf(flow)) counts[box] = (counts[box] ?? 0) + flow.calls;
  const rows = ranked(boxes.boxes, counts, (box) => box.layer === 'caller', request.callers, 'principal');
  const heads = ranked(boxes.boxes, counts, (box) => box.layer !== 'caller', request.operations, 'endpoint');
  const { start, step, length } = slicesFor(flows, request.slices);
  const overTime = rows.labels.map(() => new Array<number>(length).fill(0));
  const matrix = rows.labels.map(() => new Array<number>(heads.labels.length).fill(0));
  const add = (cells: number[] | undefined, at: number, calls: number): void => {
    if (cells !== undefined && at < cells.length) cells[at] = (cells[at] ?? 0) + calls;
  };
  for (const flow of flows) {
    const [caller, target] = placesOf(flow);
    add(matrix[rows.places.get(caller) ?? -1], heads.places.get(target) ?? Infinity, flow.calls);
  }
  if (length > 0)
    await source.times(step, (principal, time, calls) => {
      add(overTime[rows.places.get(boxes.ofPrincipal.get(principal) ?? -1) ?? -1], Math.floor((time - start) / step), calls);
    });
  const slices = Array.from({ length: length === 0 ? 0 : length + 1 }, (_, index) => start + index * step);
  const calls = flows.reduce((sum, flow) => sum + flow.calls, 0);
  const untimed = flows.reduce((sum, flow) => sum + flow.calls - flow.timed, 0);
  return { calls, untimed, slices, callers: rows.labels, operations: heads.labels, overTime, matrix };
}
