import { fc } from '#test/support/property.ts';
import { describe, expect, test } from 'vitest';
import { joinNodes, type QueryNode } from '#shared/query/ast.ts';
import { appendClause, isolateClause, listClauses, moveClause, negateClause, removeClause, replaceClause } from '#shared/query/clauses.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { typedQuery } from '#test/support/query-text.ts';

function ast(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.ast;
}

const nodesOf = (text: string): readonly QueryNode[] => listClauses(text).map((clause) => clause.node);
const sorted = (nodes: readonly QueryNode[]): readonly string[] => nodes.map((node) => JSON.stringify(node)).sort();
/** Without pairs of "not": `not not a` is `a` to whoever excludes twice. */
const evenly = (node: QueryNode): QueryNode => (node.kind === 'not' && node.item.kind === 'not' ? evenly(node.item.item) : node);
const NONE = JSON.stringify({ kind: 'not', item: { kind: 'all' } });
const withIndex = typedQuery
  // `*` alone asks for every call and has no clause to show, so taking all but `*` away leaves none.
  .filter(
    (text) => listClauses(text).length > 0 && nodesOf(text).every((node) => evenly(node).kind !== 'all' && JSON.stringify(node) !== NONE),
  )
  .chain((text) => fc.tuple(fc.constant(text), fc.nat({ max: listClauses(text).length - 1 })));

describe('what the clauses of a query are', () => {
  test.each([
    ['agent:bill-bot status >= 400 and not path:/health*', ['agent bill-bot', 'status ≥ 400', 'not path /health*']],
    ['a or b', ['“a” or “b”']],
    ['(a b) c', ['“a” and “b”', '“c”']],
    ['', []],
    ['*', []],
    ['half (', []],
  ])('%s', (text, labels) => {
    expect(listClauses(text).map((clause) => clause.label)).toEqual(labels);
  });

  test('a clause knows its place, its text as typed and whether it excludes', () => {
    expect(listClauses(' host:"A"  AND  -is:failed')).toMatchObject([
      { from: 1, to: 9, text: 'host:"A"', negated: false },
      { from: 16, to: 26, text: '-is:failed', negated: true },
    ]);
  });
});

describe('what stays as it was typed', () => {
  test.each([
    ['removing', removeClause('host:"A"   status>=400 and x', 1), 'host:"A"   x'],
    ['removing the first', removeClause('(a or b)   and  c', 0), 'c'],
    ['removing the only one', removeClause('a or b', 0), ''],
    ['excluding', negateClause('host:"A"  status >= 400', 1), 'host:"A"  not status >= 400'],
    ['including', negateClause('-host:"A"  x', 0), 'host:"A"  x'],
    ['the other sign', negateClause('status != 200', 0), 'status = 200'],
    ['an or', negateClause('a or b', 0), 'not (a or b)'],
    ['replacing by an or', replaceClause('a  b', 1, 'c or d'), 'a  (c or d)'],
    ['replacing all by an or', replaceClause('a', 0, 'c or d'), 'c or d'],
    ['replacing by nonsense', replaceClause('a b', 1, 'c ('), 'a b'],
    ['moving', moveClause('a and host:"B"  -c', 2, 0), '-c and a and host:"B"'],
    ['moving where "and" keeps two apart', moveClause('>=5 status', 1, 0), 'status and >=5'],
    ['moving what ends in a backslash', moveClause('a b\\', 1, 0), 'b\\\\ a'],
    ['adding to an or', appendClause('x or y(z', 'c'), '(x or y(z ) and c'],
    ['one alone', isolateClause('a  (b or c)', 1), '(b or c)'],
  ])('%s', (_, result, expected) => {
    expect(result).toBe(expected);
  });
});

describe('for any query', () => {
  test('the clauses cover all conditions, and only blanks and "and" stand between them', () => {
    fc.assert(
      fc.property(typedQuery, (text) => {
        const clauses = listClauses(text);
        if (clauses.length === 0) {
          expect(ast(text).kind).toBe('all');
          return;
        }
        expect(joinNodes('and', nodesOf(text))).toEqual(ast(text));
        let at = 0;
        for (const clause of clauses) {
          expect(text.slice(at, clause.from)).toMatch(/^\s*(?:and\s*)?$/i);
          expect(text.slice(clause.from, clause.to)).toBe(clause.text);
          expect(ast(clause.text)).toEqual(clause.node);
          at = clause.to;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 3000 },
    );
  });

  test('removing a clause leaves the others, and adding it again gives the same conditions', () => {
    fc.assert(
      fc.property(withIndex, ([text, index]) => {
        const removed = removeClause(text, index);
        const left = nodesOf(text).filter((_, at) => at !== index);
        expect(nodesOf(removed)).toEqual(left);
        expect(sorted(nodesOf(appendClause(removed, isolateClause(text, index))))).toEqual(sorted(nodesOf(text)));
      }),
      { numRuns: 3000 },
    );
  });

  test('negating a clause twice means the same, and once its opposite', () => {
    fc.assert(
      fc.property(withIndex, ([text, index]) => {
        const once = negateClause(text, index);
        const before = nodesOf(text)[index];
        expect(nodesOf(once)[index]).toEqual(before?.kind === 'not' ? before.item : { kind: 'not', item: before });
        expect(nodesOf(negateClause(once, index)).map(evenly)).toEqual(nodesOf(text).map(evenly));
      }),
      { numRuns: 3000 },
    );
  });

  test('moving a clause only changes the order', () => {
    fc.assert(
      fc.property(withIndex, fc.nat(), (pair, place) => {
        const [text, index] = pair;
        const nodes = [...nodesOf(text)];
        const to = place % nodes.length;
        const moved = moveClause(text, index, to);
        nodes.splice(to, 0, ...nodes.splice(index, 1));
        expect(nodesOf(moved)).toEqual(nodes);
      }),
      { numRuns: 3000 },
    );
  });
});
