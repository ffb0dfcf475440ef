import type { Page } from '../../../../contract/rows.ts';
import type { CallRow } from '../../../../contract/rows.ts';
import type { GraphLine } from '../../../../contract/graph.ts';
import { AppError } from '../../../../contract/errors.ts';
import type { Found } from '../../columns/call-search.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from '../calls.ts';
import type { BoxRequest } from './boxes.ts';
import { eachOnLine, mapGround } from './map.ts';

/** A line or a box of the map, as the map names it. */
export interface LineRequest extends BoxRequest {
  readonly from: string;
  readonly to: string;
  readonly role: GraphLine['role'];
  readonly count: number;
}

/** The calls of one line of the map, the first ones by row id; `total` is the number that the line carries. */
export async function lineCalls(
  db: SqlDriver,
  found: Found,
  { from, to, role, count, ...request }: LineRequest,
  breathe: () => Promise<void>,
): Promise<Page<CallRow>> {
  const ground = await mapGround(db, found, request);
  const { boxes } = ground.boxes;
  const start = boxes.findIndex((box) => box.id === from);
  const end = boxes.findIndex((box) => box.id === to);
  if (start < 0 || end < 0) throw new AppError('not-found', `no line from ${from} to ${to} in this map`);
  const ordinals: number[] = [];
  let total = 0;
  let latest = -1;
  await eachOnLine(ground, breathe, (a, b, of, _kind, ordinal) => {
    if (a !== start || b !== end || of !== role || ordinal === latest) return;
    latest = ordinal;
    total += 1;
    if (ordinals.length < count) ordinals.push(ordinal);
  });
  const ids = ordinals.map((ordinal) => found.columns.ids[ordinal] ?? 0);
  return { rows: callReader(db).byIds(ids), from: 0, total };
}
