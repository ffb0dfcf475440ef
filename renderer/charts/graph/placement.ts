import type { GraphModel } from './model.ts';
import type { Point } from '#shared/graph/graph-routes.ts';
import { GAPS, type Direction, type LayoutInput, type LayoutResult } from '#shared/graph/layered-layout.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where nodes were put, also those that are not in sight now: what comes back comes back to its place. Units: CSS px. */
export interface Pinned {
  readonly places: ReadonlyMap<string, Point>;
  readonly sizes: ReadonlyMap<string, Size>;
  /** By edge. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
  readonly direction: Direction;
  readonly by: LayoutResult['by'];
  /** Another one for each picture that was laid out from nothing. */
  readonly arrangement: number;
}

/** What has no place yet, as one graph to be laid out. */
export interface Plan {
  readonly input: LayoutInput;
  /** The nodes of `input`, in its order. */
  readonly ids: readonly string[];
  /** The edges of `input`, in its order. */
  readonly edges: readonly string[];
  /** Way of the picture that it will be part of; absent for one of its own. */
  readonly direction: Direction | undefined;
}

const START = 'start';
const NO_SIZE: Size = { width: 0, height: 0 };

/**
 * What must be laid out before a picture can be drawn: what was never placed, with the links among those that came out
 * of one node; `undefined` when everything has a place.
 */
export function planPlacement(pinned: Pinned | undefined, model: GraphModel, sizes: ReadonlyMap<string, Size>): Plan | undefined {
  const kept = model.nodes.some(({ id }) => pinned?.places.has(id) === true) ? pinned : undefined;
  const fresh = model.nodes.filter(({ id }) => kept?.places.has(id) !== true);
  if (fresh.length === 0) return undefined;
  const number = new Map(fresh.map(({ id }, index) => [id, index]));
  const edges: (readonly [string, number, number])[] = [];
  for (const edge of model.edges) {
    const from = number.get(edge.from);
    const to = number.get(edge.to);
    if (from === undefined || to === undefined) continue;
    if (kept === undefined || fresh[from]?.home === fresh[to]?.home) edges.push([edge.id, from, to]);
  }
  return {
    input: {
      nodes: fresh.map(({ id }) => sizes.get(id) ?? NO_SIZE),
      edges: edges.map(([, from, to]) => [from, to] as const),
    },
    ids: fresh.map(({ id }) => id),
    edges: edges.map(([id]) => id),
    direction: kept?.direction,
  };
}

/** Takes a finished layout in: as the picture, or, into one that stands, beside the node that the new ones came out of. */
export function placeNew(
  pinned: Pinned | undefined,
  plan: Plan,
  result: LayoutResult,
  model: GraphModel,
  sizes: ReadonlyMap<string, Size>,
): Pinned {
  const shifts = new Map<string, Point>();
  const all = { places: new Map<string, Point>(), sizes: new Map<string, Size>(), bends: new Map<string, readonly Point[]>() };
  const stays = plan.direction === undefined ? undefined : pinned;
  if (stays !== undefined) {
    for (const [id, place] of stays.places) all.places.set(id, place);
    for (const [id, size] of stays.sizes) all.sizes.set(id, size);
    for (const [id, bends] of stays.bends) all.bends.set(id, bends);
  }
  for (const [home, members] of byHome(plan, model)) {
    const block = members.map((index) => ({ center: result.points[index] ?? { x: 0, y: 0 }, size: plan.input.nodes[index] ?? NO_SIZE }));
    const shift =
      stays === undefined
        ? { x: 0, y: 0 }
        : shiftOf(boundsOf(block), anchorOf(stays, home, members, plan, model), all, homesOf(model, home), stays);
    for (const [position, index] of members.entries()) {
      const id = plan.ids[index] ?? '';
      const { center, size } = block[position] ?? { center: { x: 0, y: 0 }, size: NO_SIZE };
      all.places.set(id, { x: center.x + shift.x, y: center.y + shift.y });
      all.sizes.set(id, sizes.get(id) ?? size);
      shifts.set(id, shift);
    }
  }
  for (const [index, id] of plan.edges.entries()) {
    const shift = shifts.get(plan.ids[plan.input.edges[index]?.[0] ?? -1] ?? '') ?? { x: 0, y: 0 };
    all.bends.set(
      id,
      (result.bends[index] ?? []).map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })),
    );
  }
  const arrangement = (pinned?.arrangement ?? 0) + (stays === undefined ? 1 : 0);
  return { ...all, direction: result.direction, by: result.by, arrangement };
}

/** The new nodes by what they came out of; a picture of its own is one block. */
function byHome(plan: Plan, model: GraphModel): ReadonlyMap<string, readonly number[]> {
  if (plan.direction === undefined) return new Map([[START, plan.ids.map((_, index) => index)]]);
  const homes = new Map(model.nodes.map(({ id, home }) => [id, home]));
  const blocks = new Map<string, number[]>();
  for (const [index, id] of plan.ids.entries()) {
    const home = homes.get(id) ?? START;
    const block = blocks.get(home);
    if (block === undefined) blocks.set(home, [index]);
    else block.push(index);
  }
  return blocks;
}

/** A node may stand where the one stood that it came out of, which is not in sight when it is. */
const homesOf = (model: GraphModel, home: string): ReadonlySet<string> => new Set(model.nodes.some(({ id }) => id === home) ? [] : [home]);

interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

const rectOf = ({ center, size }: { readonly center: Point; readonly size: Size }): Rect => ({
  x: center.x - size.width / 2,
  y: center.y - size.height / 2,
  ...size,
});

/** The box around nodes. */
export function boundsOf(nodes: readonly { readonly center: Point; readonly size: Size }[]): Rect {
  if (nodes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const rects = nodes.map(rectOf);
  const x = rects.reduce((min, rect) => Math.min(min, rect.x), Infinity);
  const y = rects.reduce((min, rect) => Math.min(min, rect.y), Infinity);
  const right = rects.reduce((max, rect) => Math.max(max, rect.x + rect.width), -Infinity);
  const low = rects.reduce((max, rect) => Math.max(max, rect.y + rect.height), -Infinity);
  return { x, y, width: right - x, height: low - y };
}

/** Where a block would best begin: in place of what it came out of, else behind that, or behind its first cause. */
function anchorOf(
  pinned: Pinned,
  home: string,
  members: readonly number[],
  plan: Plan,
  model: GraphModel,
): { readonly rect: Rect; readonly behind: boolean } {
  const own = new Set(members.map((index) => plan.ids[index]));
  const cause = model.edges.find((edge) => own.has(edge.to) && pinned.places.has(edge.from))?.from;
  const id = pinned.places.has(home) ? home : (cause ?? '');
  const center = pinned.places.get(id) ?? { x: 0, y: 0 };
  const behind = id !== home || model.nodes.some((node) => node.id === home);
  return { rect: rectOf({ center, size: pinned.sizes.get(id) ?? NO_SIZE }), behind };
}

/** Steps in which room is looked for across the picture's way. Units: CSS px. */
const STEP = 12;
/** How often the next column is tried; a place that is further along is only taken when it is much nearer. */
const COLUMNS = 8;
const FURTHER = 1.5;

/** How far a block is moved so that it stands at its anchor and on nobody's place: the nearest free one, from there on. */
function shiftOf(
  block: Rect,
  { rect, behind }: { readonly rect: Rect; readonly behind: boolean },
  taken: Pick<Pinned, 'places' | 'sizes'>,
  free: ReadonlySet<string>,
  { direction }: Pinned,
): Point {
  const isRight = direction === 'right';
  const gap = GAPS[direction];
  const along = behind ? (isRight ? rect.x + rect.width : rect.y + rect.height) + gap.layer : isRight ? rect.x : rect.y;
  const across = isRight ? rect.y + rect.height / 2 - block.height / 2 : rect.x + rect.width / 2 - block.width / 2;
  const others = [...taken.places].flatMap(([id, center]) =>
    free.has(id) ? [] : [rectOf({ center, size: taken.sizes.get(id) ?? NO_SIZE })],
  );
  const isFree = (a: number, b: number): boolean => {
    const [x, y] = isRight ? [a, b] : [b, a];
    return !others.some(
      (other) =>
        x < other.x + other.width + gap.node &&
        other.x < x + block.width + gap.node &&
        y < other.y + other.height + gap.node &&
        other.y < y + block.height + gap.node,
    );
  };
  let best = { a: along, b: across, cost: Infinity };
  for (let column = 0; column < COLUMNS; column += 1) {
    const a = along + column * gap.layer;
    const cost = column * gap.layer * FURTHER;
    // Beyond the last of the others there is always room, so this ends.
    for (let step = 0; cost + Math.ceil(step / 2) * STEP < best.cost; step += 1) {
      const b = across + (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * STEP;
      if (isFree(a, b)) best = { a, b, cost: cost + Math.abs(b - across) };
    }
  }
  return isRight ? { x: best.a - block.x, y: best.b - block.y } : { x: best.b - block.x, y: best.a - block.y };
}
