import { describe, expect, test } from 'vitest';
import { UNTOUCHED, type GraphView } from '#renderer/charts/graph/groups.ts';
import { callsIn, MAX_NODES, nodeCounts, SOFT_NODES, pathThrough, toGraph, type GraphModel } from '#renderer/charts/graph/model.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const graphOf = (text: string, opened: readonly string[] = [], view: Partial<GraphView> = {}): GraphModel => {
  const { calls, edges } = chainFromText(text);
  return toGraph(calls, edges, { ...UNTOUCHED, opened: new Set(opened), ...view });
};
const refsOf = (model: GraphModel): readonly string[] => model.nodes.flatMap((node) => callsIn(node).map(({ ref }) => ref)).toSorted();
const print = (model: GraphModel): readonly string[] => model.edges.map((edge) => `${edge.id} ${edge.kind} ${String(edge.edges.length)}`);

const fan = `
  list GET /items
  d1 GET /items/{id}
  d2 GET /items/{id}
  d3 GET /items/{id}
  out POST /out 200 host=evil.test finding
  list -value-> d1
  list -value-> d2
  list -value-> d3
  d1 -value-> out
  d3 -trace-> out`;

describe('nodes and edges', () => {
  test('alike calls are one node, their links one line that counts them', () => {
    const model = graphOf(fan);
    expect(model.nodes.map((node) => `${node.id} ${String(node.calls.length)}`)).toEqual(['list 1', 'fold d1 3', 'out 1']);
    expect(print(model)).toEqual(['list → fold d1 value 3', 'fold d1 → out value 2']);
    expect(model.why).toBe('alike calls folded');
  });

  test('taken apart, each call is a node with its own path', () => {
    const model = graphOf(fan, ['fold d1']);
    expect(model.nodes).toHaveLength(5);
    expect(model.nodes[1]?.template).toBe('/items/{id}#d1');
    expect(model.why).toBeUndefined();
  });

  test('every call is in exactly one node', () => {
    const { calls } = chainFromText(fan);
    expect(
      graphOf(fan)
        .nodes.flatMap((node) => node.calls.map((call) => call.ref))
        .toSorted(),
    ).toEqual(calls.map((call) => call.ref).toSorted());
  });

  test('order alone is drawn only to what nothing better leads to, and the picture says so', () => {
    const model = graphOf(`
      a GET /a
      b GET /b
      c GET /c
      a -value-> b
      a -adjacent-> b
      b -adjacent-> c
      a -adjacent-> c`);
    expect(print(model)).toEqual(['a → b value 2', 'b → c adjacent 1']);
    expect(model.why).toContain('order alone');
  });
});

describe('what is put away and hidden', () => {
  test('effects that are put away stay in their node, and their links begin there', () => {
    const model = graphOf(fan, [], { closed: new Set(['list']) });
    expect(model.nodes.map(({ id, below }) => `${id} +${String(below.length)}`)).toEqual(['list +4']);
    expect(refsOf(model)).toEqual(refsOf(graphOf(fan)));
  });

  test('a hidden node is gone with its links, and the picture says how many are', () => {
    const model = graphOf(fan, [], { hidden: new Set(['out']) });
    expect(print(model)).toEqual(['list → fold d1 value 3']);
    expect(model.why).toContain('1 node hidden');
  });
});

/** A root with `fans` effects, each with `each` effects of its own on a host of theirs; one is named by a finding. */
const wide = (fans: number, each: number): string => {
  const lines = ['root POST /run'];
  for (let fan = 0; fan < fans; fan += 1) {
    lines.push(`f${String(fan)} GET /f${String(fan)}`, `root -trace-> f${String(fan)}`);
    for (let end = 0; end < each; end += 1) {
      const name = `e${String(fan)}x${String(end)}`;
      const finding = fan === 1 && end === 2 ? ' finding' : '';
      lines.push(`${name} GET /e${String(fan)}/${String(end)} 200 host=h${String(fan)}.test${finding}`, `f${String(fan)} -trace-> ${name}`);
    }
  }
  return lines.join('\n');
};

describe('more nodes than can be read', () => {
  test('up to the soft cap nothing is grouped', () => {
    const model = graphOf(wide(10, 10));
    expect(model.nodes).toHaveLength(111);
    expect(model.why).toBeUndefined();
  });

  test('the largest fans become groups, what a finding names and its causes do not, and nothing is lost', () => {
    const text = `${wide(10, 15)}\n${Array.from({ length: 30 }, (_, index) => `g${String(index)} GET /g${String(index)} 200 host=big.test\nroot -trace-> g${String(index)}`).join('\n')}`;
    const model = graphOf(text);
    expect(model.nodes.length).toBeLessThanOrEqual(SOFT_NODES);
    expect(model.nodes.find(({ id }) => id === 'group root big.test')).toMatchObject({
      template: '30 endpoints',
      host: 'big.test',
      opens: true,
    });
    expect(model.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['root', 'f1', 'e1x2']));
    expect(refsOf(model)).toEqual(
      chainFromText(text)
        .calls.map(({ ref }) => ref)
        .toSorted(),
    );
    expect(model.why).toContain('largest fans');
  });

  test('a group that is taken apart shows its members and leaves the rest as it was', () => {
    const text = wide(12, 30);
    const before = graphOf(text);
    const group = before.nodes.find(({ isGroup }) => isGroup);
    const after = graphOf(text, [group?.id ?? '']);
    const gone = before.nodes.filter(({ id }) => !after.nodes.some((node) => node.id === id));
    expect(gone.map(({ id }) => id)).toEqual([group?.id]);
    expect(after.nodes.filter(({ home }) => home === group?.id)).toHaveLength(group?.calls.length ?? 0);
  });

  test('a long line of calls ends in a node that holds the rest', () => {
    const count = 3000;
    const lines = Array.from({ length: count }, (_, index) => `c${String(index)} GET /p${String(index)}`);
    const links = Array.from({ length: count - 1 }, (_, index) => `c${String(index)} -trace-> c${String(index + 1)}`);
    const model = graphOf([...lines, ...links].join('\n'));
    expect(model.nodes).toHaveLength(SOFT_NODES);
    expect(model.nodes.at(-1)?.below).toHaveLength(count - SOFT_NODES);
  });

  test('never more than the hard cap, even when a finding names every call', () => {
    const text = Array.from(
      { length: 900 },
      (_, index) => `c${String(index)} GET /p${String(index)} 200 host=h${String(index)}.test finding`,
    ).join('\n');
    const model = graphOf(text);
    expect(model.nodes.length).toBeLessThanOrEqual(MAX_NODES);
    expect(refsOf(model)).toHaveLength(900);
    expect(model.why).toContain('not all that findings name');
  });

  test('what would be too much when it is taken apart is not taken apart, and the picture says so', () => {
    const text = Array.from({ length: 900 }, (_, index) => `c${String(index)} GET /p${String(index)}`).join('\n');
    const model = graphOf(text, ['group start api.test']);
    expect(model.nodes.length).toBeLessThanOrEqual(MAX_NODES);
    expect(model.why).toContain('more than 400 nodes cannot be read');
  });
});

test('the path through a node is everything before and after it', () => {
  const model = graphOf(`
    a GET /a
    b GET /b
    c GET /c
    d GET /d
    a -trace-> b
    b -trace-> c
    a -trace-> d`);
  expect([...pathThrough(model, ['b'])].toSorted()).toEqual(['a', 'a → b', 'b', 'b → c', 'c']);
});

test('a node counts what failed and what findings name', () => {
  const [node] = graphOf('a GET /x 500 finding\nb GET /x 500\nc GET /x 500').nodes;
  expect(node === undefined ? undefined : nodeCounts(node)).toEqual({ failed: 3, findings: 1 });
});
