import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

test('a call lies in the call above the steps between, by their ids, though it ends some ms later', async () => {
  const { db, context } = caseFromText(`
    00:00.0  human:ann    POST  api.test/hooks/test  200  in=otel dur=100 trace=t1 span=a
    00:00.1  unknown:net  GET   hooks.test/r         200  in=otel dur=90 trace=t1 span=d parent=c`);
  const step = db.prepare("INSERT INTO inner_span (source_id, trace_id, span_id, parent_span_id) VALUES (1, 't1', ?, ?)");
  step.run('b', 'a');
  step.run('c', 'b');
  await chainsPass.run(context);
  expect(db.prepare('SELECT from_call, to_call, kind, confidence FROM edge').all()).toMatchObject([
    { from_call: 1, to_call: 2, kind: 'trace', confidence: 0.99 },
  ]);
});

test('a circle of steps leads nowhere and ends', async () => {
  const { db, context } = caseFromText('00:00.1  unknown:net  GET  hooks.test/r  200  in=otel dur=90 trace=t1 span=d parent=c');
  const step = db.prepare("INSERT INTO inner_span (source_id, trace_id, span_id, parent_span_id) VALUES (1, 't1', ?, ?)");
  step.run('b', 'c');
  step.run('c', 'b');
  await chainsPass.run(context);
  expect(db.prepare('SELECT count(*) AS edges FROM edge').get()).toEqual({ edges: 0 });
});
