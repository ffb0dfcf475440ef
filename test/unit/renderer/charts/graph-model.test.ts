import { describe, expect, test } from 'vitest';
import { MAX_NODES, nodeCounts, pathThrough, toGraph, type GraphModel } from '#renderer/charts/graph-model.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const graphOf = (text: string, opened: readonly string[] = []): GraphModel => {
  const { calls, edges } = chainFromText(text);
  return toGraph(calls, edges, new Set(opened));
};
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
    expect(model.why).toBe('alike calls of one cause are folded');
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

  test('above the cap endpoints become nodes, above it again hosts, and the picture says why', () => {
    const many = (count: number, host: (index: number) => string): string =>
      Array.from({ length: count }, (_, index) => `c${String(index)} GET /p${String(index % 900)} 200 host=${host(index)}`).join('\n');
    const wide = graphOf(many(MAX_NODES + 100, () => 'one.test'));
    expect(wide.nodes).toHaveLength(1);
    expect(wide.why).toContain('each host is one node');
    const paired = graphOf(
      Array.from({ length: MAX_NODES + 100 }, (_, index) => `c${String(index)} GET /p${String(index % 300)}`).join('\n'),
    );
    expect(paired.nodes).toHaveLength(300);
    expect(paired.why).toContain('each endpoint is one node');
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
