import { expect, test } from 'vitest';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph } from '#renderer/charts/graph/model.ts';
import { elideMiddle, nodeBox } from '#renderer/charts/graph/node-box.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

test('a long text keeps its begin and its end', () => {
  expect(elideMiddle('/v1/customers/{id}/payment-methods', 20)).toBe('/v1/customer…methods');
  expect(elideMiddle('/v1', 20)).toBe('/v1');
  expect([...elideMiddle('🙂'.repeat(40), 10)]).toHaveLength(10);
});

test('parts of a node follow each other and it is as wide as they need', () => {
  const { calls, edges } = chainFromText('a GET /x 200 host=evil.test\nb GET /y\nc GET /y\nd GET /y');
  const model = toGraph(calls, edges, UNTOUCHED);
  const [single, folded] = model.nodes;
  if (single === undefined || folded === undefined) throw new Error('two nodes expected');
  const box = nodeBox(folded, true, false);
  expect(
    [box.methodAt, box.templateAt, box.countAt, box.markAt, box.width].every(
      (at, index, all) => index === 0 || at >= (all[index - 1] ?? 0),
    ),
  ).toBe(true);
  expect([box.count, box.host, nodeBox(single, false, true).host]).toEqual(['×3', '', 'evil.test']);
  expect(nodeBox(single, false, true).height).toBeGreaterThan(box.height);
  expect(model.usualHost).toBe('api.test');
});
