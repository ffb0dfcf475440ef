import { describe, expect, test } from 'vitest';
import { depthOf, toForest, toRows, UNFOLDED } from '#renderer/charts/graph/chain-tree.ts';
import type { TreeNode } from '#renderer/charts/graph/tree-node.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const forestOf = (text: string): readonly TreeNode[] => {
  const { calls, edges } = chainFromText(text);
  return toForest(calls, edges);
};
const print = (nodes: readonly TreeNode[]): string =>
  nodes.map((node) => node.call.ref + (node.children.length === 0 ? '' : `(${print(node.children)})`)).join(' ');
const rowsOf = (text: string, toggled: readonly string[] = []): readonly string[] =>
  toRows(forestOf(text), { ...UNFOLDED, toggled: new Set(toggled) }).map(
    (row) => `${'  '.repeat(row.depth)}${row.kind === 'call' ? row.key : `×${String(row.calls.length)} ${row.calls[0]?.ref ?? ''}`}`,
  );

describe('which call hangs under which', () => {
  test('under the cause with the strongest proof', () => {
    expect(
      print(
        forestOf(`
      a GET /a
      b GET /b
      c GET /c
      a -value-> c
      b -trace-> c
      a -trace-> b`),
      ),
    ).toBe('a(b(c))');
  });

  test('among equal proofs, under the surest', () => {
    expect(
      print(
        forestOf(`
      a GET /a
      b GET /b
      c GET /c
      a -value@60-> c
      b -value@95-> c`),
      ),
    ).toBe('a b(c)');
  });

  test('pages of one listing stand beside each other', () => {
    expect(
      print(
        forestOf(`
      list GET /run
      p1 GET /items
      p2 GET /items
      p3 GET /items
      list -trace-> p1
      p1 -pagination-> p2
      p2 -pagination-> p3`),
      ),
    ).toBe('list(p1 p2 p3)');
  });

  test('a call that only came after another has no cause, but the link that says so', () => {
    expect(
      print(
        forestOf(`
      a GET /a
      b GET /b
      c GET /c
      d GET /d
      a -value-> b
      b -adjacent-> c
      c -adjacent-> d`),
      ),
    ).toBe('a(b) c d');
  });

  test('a circle is cut and no call is lost', () => {
    expect(
      print(
        forestOf(`
      a GET /a
      b GET /b
      a -value-> b
      b -value-> a`),
      ),
    ).toBe('a(b)');
  });

  test('a chain of ten thousand calls is arranged without running out of stack', () => {
    const count = 10_000;
    const lines = Array.from(
      { length: count },
      (_, index) => `c${String(index)} GET /p${String(index)}${index === 0 ? '' : `\nc${String(index - 1)} -trace-> c${String(index)}`}`,
    );
    expect(toRows(forestOf(lines.join('\n')), UNFOLDED)).toHaveLength(count);
  });
});

const fan = `
  root POST /run
  d1 GET /items/{id}
  d2 GET /items/{id}
  d3 GET /items/{id}
  e GET /items/{id} 404
  w POST /out
  root -trace-> d1
  root -trace-> d2
  root -trace-> d3
  root -trace-> e
  d2 -value-> w`;

describe('folding', () => {
  test('alike siblings become one row, failed ones stay apart, and what the fold led to stays in sight', () => {
    expect(rowsOf(fan)).toEqual(['root', '  ×3 d1', '    w', '  e']);
  });

  test('opened, every call stands for itself under the fold', () => {
    expect(rowsOf(fan, ['fold d1'])).toEqual(['root', '  ×3 d1', '    d1', '    d2', '      w', '    d3', '  e']);
  });

  test('a closed call hides what it led to', () => {
    expect(rowsOf(fan, ['root'])).toEqual(['root']);
  });

  test('two alike are not folded', () => {
    expect(rowsOf('a GET /x\nb GET /x')).toEqual(['a', 'b']);
  });
});

describe('how far it is unfolded', () => {
  const print = (level: number, folds: boolean, toggled: readonly string[] = []): readonly string[] =>
    toRows(forestOf(fan), { level, folds, toggled: new Set(toggled) }).map((row) => row.key);

  test('to a level, what is below it stays closed, under folds too', () => {
    expect(print(1, false)).toEqual(['root']);
    expect(print(2, false)).toEqual(['root', 'fold d1', 'e']);
    expect(print(3, false)).toEqual(['root', 'fold d1', 'w', 'e']);
    expect(depthOf(forestOf(fan))).toBe(3);
  });

  test('a row can be the other way than the level says', () => {
    expect(print(1, false, ['root'])).toEqual(['root', 'fold d1', 'e']);
  });

  test('with every fold open each call stands once', () => {
    expect(
      print(Infinity, true)
        .filter((key) => !key.startsWith('fold'))
        .toSorted(),
    ).toEqual(['d1', 'd2', 'd3', 'e', 'root', 'w']);
  });
});
