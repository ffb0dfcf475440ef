import { expect, test } from 'vitest';
import { bestCauses } from '#shared/chain-files/causes.ts';
import { toOtlp } from '#shared/chain-files/otlp.ts';
import { otlpTraces } from '#shared/engine/importers/formats/otlp-traces.ts';
import { chainCall, chainDetail, chainEdge } from '#test/support/chain-detail.ts';
import { readCalls, extrasOf } from '#test/support/read-fixture.ts';

const tree = chainDetail(
  [
    chainCall('k#1', { method: 'POST', path: '/login', time: '2026-10-01T00:00:01.000001Z', timeKind: 'end' }),
    chainCall('k#2', { query: 'a=<b>&c', userAgent: 'bot "1"' }),
    chainCall('k#3', { status: 503, host: 'files.test' }),
    chainCall('h#4', { format: 'har' }),
  ],
  [
    chainEdge('k#1', 'k#2'),
    chainEdge('k#1', 'k#3', { kind: 'adjacent', kinds: ['adjacent'], confidence: 0.3 }),
    chainEdge('k#2', 'k#3', { kind: 'nesting', kinds: ['nesting'], confidence: 0.8 }),
    chainEdge('k#1', 'h#4', { confidence: 0.6 }),
    chainEdge('k#3', 'h#4', { kind: 'trace', kinds: ['trace', 'value'], confidence: 0.9 }),
  ],
);

test('our own importer reads a chain back with the same parents, times and status', async () => {
  const calls = await readCalls(otlpTraces, JSON.stringify(toOtlp(tree, '1.0.0')));
  const refOf = new Map(calls.map((call) => [call.spanId, extrasOf(call)['spoor.ref']]));
  const parents = calls.map((call) => `${refOf.get(call.parentSpanId) ?? 'none'} → ${extrasOf(call)['spoor.ref'] ?? ''}`);
  expect(parents.toSorted()).toEqual(['k#1 → k#2', 'k#2 → k#3', 'k#3 → h#4', 'none → k#1']);
  expect(Object.fromEntries([...bestCauses(tree.calls.map(({ ref }) => ref), tree.edges)].map(([to, { from }]) => [to, from]))).toEqual({ 'k#2': 'k#1', 'k#3': 'k#2', 'h#4': 'k#3' });
  const byRef = new Map(calls.map((call) => [extrasOf(call)['spoor.ref'], call]));
  expect(byRef.get('k#1')).toMatchObject({ method: 'POST', path: '/login', time: Date.UTC(2026, 9, 1, 0, 0, 0) * 1000 + 987_501, durationMs: 12.5 });
  expect(byRef.get('k#2')).toMatchObject({ query: 'a=<b>&c', userAgent: 'bot "1"', host: 'api.acme.test', status: 200 });
  expect(byRef.get('k#3')).toMatchObject({ status: 503, service: 'files.test' });
  expect(new Set(calls.map((call) => call.traceId)).size).toBe(1);
}); // prettier-ignore

test('the document has the shape of OTLP/JSON: ids in hex, long numbers as texts, other edges as links', () => {
  const { resourceSpans } = toOtlp(tree, '1.0.0') as {
    readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[] }[];
  };
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  expect(spans).toHaveLength(4);
  for (const span of spans) {
    expect(span['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(span['spanId']).toMatch(/^[0-9a-f]{16}$/);
    expect(span['startTimeUnixNano']).toMatch(/^\d{19}$/);
    expect(span['endTimeUnixNano']).toMatch(/^\d{19}$/);
    expect([2, 3]).toContain(span['kind']);
  }
  const links = spans.flatMap((span) => (span['links'] as readonly object[] | undefined) ?? []);
  expect(links).toHaveLength(2);
  expect(JSON.stringify(toOtlp(tree, '1.0.0'))).toBe(JSON.stringify(toOtlp(tree, '1.0.0')));
});

test('spans stand on the clock of the chain; the stamp and what was done to the clock stand beside', async () => {
  const moved = chainDetail([chainCall('mesh/envoy.log#1', { time: '2026-10-01T00:00:41.504000Z', clockAheadMs: 41_504 })], []);
  const [call] = await readCalls(otlpTraces, JSON.stringify(toOtlp(moved, '1.0.0')));
  expect(call?.time).toBe(Date.UTC(2026, 9, 1) * 1000);
  expect(call === undefined ? {} : extrasOf(call)).toMatchObject({
    'spoor.stamp': '2026-10-01T00:00:41.504000Z',
    'spoor.clock': 'clock of envoy.log moved by −41.5 s',
  });
});

test('edges in a circle leave a tree', () => {
  const causes = bestCauses(['a#1', 'b#2'], [chainEdge('a#1', 'b#2', { confidence: 0.9 }), chainEdge('b#2', 'a#1', { confidence: 0.8 })]);
  expect([...causes.keys()]).toEqual(['b#2']);
});
