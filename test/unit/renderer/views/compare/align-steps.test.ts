import { expect, test } from 'vitest';
import { alignSteps, stepOf } from '#renderer/views/compare/align-steps.ts';
import type { CallRow } from '#shared/contract/rows.ts';

const calls = (source: string, ...steps: readonly string[]): readonly CallRow[] =>
  steps.map((step, index) => {
    const [endpoint = '', status] = step.split(' ! ');
    return {
      id: index,
      ref: `${source}#${String(index + 1)}`,
      endpoint,
      ...(status === undefined ? {} : { status: Number(status) }),
    } as CallRow;
  });

test('steps of both stand once with the calls of both, the others with their own', () => {
  const left = calls('a', 'list', 'read', 'write');
  const right = calls('b', 'list', 'write', 'send');
  expect(alignSteps(left, right)).toEqual([
    { kind: 'same', calls: 1, step: 'list', left: 'a#1', right: 'b#1' },
    { kind: 'left', calls: 1, step: 'read', left: 'a#2' },
    { kind: 'same', calls: 1, step: 'write', left: 'a#3', right: 'b#2' },
    { kind: 'right', calls: 1, step: 'send', right: 'b#3' },
  ]);
});

test('a long run of equal steps is folded, and what follows it still leads to the right calls', () => {
  const same = Array.from({ length: 20 }, (_, index) => `step ${String(index)}`);
  const steps = alignSteps(calls('a', ...same, 'end'), calls('b', ...same, 'other'));
  expect(steps?.find(({ kind }) => kind === 'fold')).toEqual({ kind: 'fold', calls: 17 });
  expect(steps?.slice(-2)).toEqual([
    { kind: 'left', calls: 1, step: 'end', left: 'a#21' },
    { kind: 'right', calls: 1, step: 'other', right: 'b#21' },
  ]);
});

test('a call that failed is another step, and captured line breaks begin none', () => {
  expect(stepOf({ endpoint: 'GET a', status: 404 })).toBe('GET a failed 404');
  expect(stepOf({ method: 'GET', host: 'a', path: '/x\ny', status: 200 })).toBe('GET a/x y');
});

test('chains that are too long to be laid side by side are not', () => {
  expect(alignSteps(calls('a', 'x'.repeat(300_000)), calls('b', 'y'))).toBeUndefined();
});
