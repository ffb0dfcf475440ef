import { expect, test } from 'vitest';

import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText, edgeTexts } from '#test/support/calls-from-text.ts';

test('what lies within a span is no call of it when the same client made both through the same gateway', async () => {
  const made = caseFromText(`
    00:00.0  service:ci  GET  cache.acme.test/a  200  trace=t1 span=a dur=900 ip=10.0.0.9
    00:00.1  -           GET  cache.svc.local/a  200  in=otel trace=t1 span=b parent=a dur=700 ip=10.0.0.9
    00:00.2  service:ci  GET  cache.acme.test/b  200  trace=t1 span=c parent=z dur=100 ip=10.0.0.9`);
  await chainsPass.run(made.context);
  expect(edgeTexts(made.db)).toEqual(['kong#1 trace otel#1', 'kong#1 adjacent kong#2']);
});

test('of two calls of a busy run the one that came with the same trace context led to it, whatever the clocks say', async () => {
  const made = caseFromText(`
    00:00.00  service:ci  GET  api.acme.test/a    200  trace=t1 parent=p dur=35 ip=10.0.0.9 up=10.0.1.1
    00:00.02  service:ci  GET  api.acme.test/b    200  trace=t1 parent=q dur=80 ip=10.0.0.9 up=10.0.1.1
    00:00.038 -           GET  store.svc.test/x   200  in=otel trace=t1 span=c parent=p dur=7 ip=10.0.1.1`);
  await chainsPass.run(made.context);
  expect(edgeTexts(made.db).filter((edge) => !edge.includes('adjacent'))).toEqual(['kong#1 trace otel#1']);
});
