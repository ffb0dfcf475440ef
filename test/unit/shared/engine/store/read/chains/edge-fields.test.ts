import { expect, test } from 'vitest';
import { markFields } from '#shared/engine/store/read/chains/edge-fields.ts';
import { chainCall } from '#test/support/chain-detail.ts';

const cause = chainCall('k#1', { traceId: 't1', spanId: 's1', requestId: 'r1', upstream: '10.0.0.7:80' });
const effect = chainCall('k#2', { traceId: 't1', spanId: 's2', parentSpanId: 's1', requestId: 'r2', host: 'cart.mesh' });

const marked = (kind: Parameters<typeof markFields>[0], side: 'cause' | 'effect'): readonly string[] => {
  const { text, marks } = markFields(kind, cause, effect, side) ?? { text: '', marks: [] };
  return marks.map(({ start, length }) => text.slice(start, start + length));
};

test('an edge by trace context marks the span that one names and the other has, and the trace of both', () => {
  expect(markFields('trace', cause, effect, 'cause')?.text).toBe('GET api.acme.test/v1/orders/7\nspan id: s1\ntrace id: t1');
  expect([marked('trace', 'cause'), marked('trace', 'effect')]).toEqual([
    ['s1', 't1'],
    ['s1', 't1'],
  ]);
});

test('an edge by time and place marks times and addresses; ids that differ are not shown', () => {
  expect(marked('nesting', 'cause').slice(2)).toEqual(['2026-10-01T00:00:00.000000Z, took 12.5 ms', '10.0.0.7:80']);
  expect(marked('nesting', 'effect').at(-1)).toBe('cart.mesh');
  expect(markFields('trace', cause, effect, 'effect')?.text).not.toContain('r2');
});

test('records without times and ids show no fields', () => {
  const { time: _time, ...bare } = chainCall('k#3');
  expect(markFields('adjacent', bare, bare, 'cause')).toBeUndefined();
});
