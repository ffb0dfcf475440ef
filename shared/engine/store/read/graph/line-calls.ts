import type { CallRow, Page } from '../../../../contract/rows.ts';
import type { GraphLine } from '../../../../contract/graph.ts';
import { AppError } from '../../../../contract/errors.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls/calls.ts';
import type { BoxRequest } from './boxes.ts';
import type { FlowShape } from './flow-index.ts';
import type { FlowSource } from './flow-source.ts';
import { linesOf, mapBoxes, type MapGround } from './map.ts';

/** A line of the map, as the map names it. */
export interface LineRequest extends BoxRequest {
  readonly from: string;
  readonly to: string;
  readonly role: GraphLine['role'];
  readonly count: number;
}

/** The calls of one line of the map, the first ones by row id; `total` is the number that the line carries. */
export async function lineCalls(
  db: SqlDriver,
  source: FlowSource,
  ground: MapGround,
  { from, to, role, count, ...request }: LineRequest,
): Promise<Page<CallRow>> {
  const boxes = mapBoxes(db, ground, request);
  const start = boxes.boxes.findIndex((box) => box.id === from);
  const end = boxes.boxes.findIndex((box) => box.id === to);
  if (start < 0 || end < 0) throw new AppError('not-found', `no line from ${from} to ${to} in this map`);
  const isOnLine = (shape: FlowShape): boolean =>
    linesOf(shape, boxes).some((line) => line.from === start && line.to === end && line.role === role);
  const total = ground.flows.reduce((sum, flow) => sum + (isOnLine(flow) ? flow.calls : 0), 0);
  // What is known to be all needs no walk to the end of the case.
  const ids = total === 0 ? [] : await source.callsOf(isOnLine, Math.min(count, total));
  return { rows: callReader(db).byIds(ids), from: 0, total };
}
