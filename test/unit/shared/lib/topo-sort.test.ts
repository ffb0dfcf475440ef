import { expect, test } from 'vitest';
import { topoSort } from '#shared/lib/topo-sort.ts';

const member = (id: string, ...needs: readonly string[]): { readonly id: string; readonly needs: readonly string[] } => ({ id, needs });

test('members come after what they need, else in the given order', () => {
  expect(topoSort([member('c', 'b'), member('x'), member('b', 'a'), member('a')]).map((one) => one.id)).toEqual(['a', 'b', 'c', 'x']);
});

test('a circle and an unknown need are bugs', () => {
  expect(() => topoSort([member('a', 'b'), member('b', 'a')])).toThrow('needs itself');
  expect(() => topoSort([member('a', 'z')])).toThrow('does not exist');
});
