import { expect, test } from 'vitest';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import { countOutsideCauses } from '#renderer/views/chains/outside-causes.ts';

const call = (ref: string, time: string, durationMs: number): DrawnCall => ({
  ref,
  time: `2026-09-17T02:13:${time}000Z`,
  timeKind: 'start',
  durationMs,
  findings: 0,
});
const edge = (from: string, to: string, kind: EdgeJson['kind']): EdgeJson => ({ from, to, kind, kinds: [kind], confidence: 0.99, why: '' });

test('a hop that a later clock draws after its cause had ended is counted, one within it is not', () => {
  const calls = [call('kong#1', '05.000', 36), call('envoy#1', '05.330', 30), call('otel#1', '05.010', 20)];
  expect(countOutsideCauses(calls, [edge('kong#1', 'envoy#1', 'trace'), edge('kong#1', 'otel#1', 'nesting')])).toBe(1);
});

test('what merely follows a call may begin after it', () => {
  const calls = [call('kong#1', '05.000', 36), call('kong#2', '09.000', 30)];
  expect(countOutsideCauses(calls, [edge('kong#1', 'kong#2', 'value'), edge('kong#1', 'kong#2', 'adjacent')])).toBe(0);
});

test('a hop whose clock was set stands within its cause', () => {
  const calls = [call('kong#1', '05.000', 36), { ...call('envoy#1', '46.505', 30), clockAheadMs: 41_504 }];
  expect(countOutsideCauses(calls, [edge('kong#1', 'envoy#1', 'trace')])).toBe(0);
});
