import { describe, expect, test } from 'vitest';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph, type GraphModel } from '#renderer/charts/graph/model.ts';
import { nodeBoxes } from '#renderer/charts/graph/node-box.ts';
import { boundsOf, placeNew, planPlacement, type Pinned } from '#renderer/charts/graph/placement.ts';
import { layoutGraph } from '#shared/graph/sugiyama-layout.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const text = `
  root POST /run
  a GET /items/{id}
  b GET /items/{id}
  c GET /items/{id}
  d GET /items/{id}
  next GET /next
  end POST /end
  root -trace-> a
  root -trace-> b
  root -trace-> c
  root -trace-> d
  a -value-> next
  root -trace-> end`;

const modelOf = (opened: readonly string[]): GraphModel => {
  const { calls, edges } = chainFromText(text);
  return toGraph(calls, edges, { ...UNTOUCHED, opened: new Set(opened) });
};

/** One round of what the screen does: what has no place is laid out and taken in. */
function arrange(pinned: Pinned | undefined, model: GraphModel): Pinned {
  const boxes = nodeBoxes(model);
  const plan = planPlacement(pinned, model, boxes);
  if (plan === undefined) {
    if (pinned === undefined) throw new Error('an empty picture');
    return pinned;
  }
  return placeNew(pinned, plan, layoutGraph(plan.input, true, plan.direction), model, boxes);
}

const overlapping = (pinned: Pinned, model: GraphModel): readonly string[] => {
  const rects = model.nodes.map(({ id }) => {
    const [center, size] = [pinned.places.get(id) ?? { x: 0, y: 0 }, pinned.sizes.get(id) ?? { width: 0, height: 0 }];
    return { id, ...boundsOf([{ center, size }]) };
  });
  return rects.flatMap((a, index) =>
    rects
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} on ${b.id}`),
  );
};

describe('taking a node apart', () => {
  const first = arrange(undefined, modelOf([]));
  const second = arrange(first, modelOf(['fold a']));

  test('leaves all others where they are', () => {
    for (const id of ['root', 'next', 'end']) expect(second.places.get(id)).toEqual(first.places.get(id));
    expect(second.arrangement).toBe(first.arrangement);
  });

  test('puts its members on nobody else', () => {
    expect(overlapping(second, modelOf(['fold a']))).toEqual([]);
  });

  test('and folding it again brings it back to its place, with nothing to lay out', () => {
    expect(planPlacement(second, modelOf([]), nodeBoxes(modelOf([])))).toBeUndefined();
    expect(second.places.get('fold a')).toEqual(first.places.get('fold a'));
  });
});

test('another graph is laid out from nothing, and the same one always in the same way', () => {
  const first = arrange(undefined, modelOf([]));
  const { calls, edges } = chainFromText('x GET /x\ny GET /y\nx -trace-> y');
  const other = toGraph(calls, edges, UNTOUCHED);
  const next = arrange(first, other);
  expect(next.arrangement).toBe(first.arrangement + 1);
  expect([...next.places.keys()]).toEqual(['x', 'y']);
  expect(arrange(undefined, modelOf([])).places).toEqual(first.places);
});
