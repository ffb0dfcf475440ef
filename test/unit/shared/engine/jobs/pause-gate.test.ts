import { expect, test } from 'vitest';
import { createPauseGate } from '#shared/engine/jobs/pause-gate.ts';

const never = new AbortController().signal;

test('without an import there is nothing to hold', async () => {
  const gate = createPauseGate();
  expect(gate.set(true)).toEqual({ importing: false, paused: false });
  await gate.pass(never, () => expect.unreachable('nothing is held'));
});

test('an import waits while it is held, and goes on when it is let', async () => {
  const gate = createPauseGate();
  gate.setImporting(true);
  expect(gate.set(true)).toEqual({ importing: true, paused: true });
  const order: string[] = [];
  const passing = gate.pass(never, (held) => order.push(held ? 'held' : 'goes on')).then(() => order.push('passed'));
  await Promise.resolve();
  order.push('let go');
  gate.set(false);
  await passing;
  expect(order).toEqual(['held', 'let go', 'goes on', 'passed']);
});

test('an import that was let go and held again before it could run waits on', async () => {
  const gate = createPauseGate();
  gate.setImporting(true);
  gate.set(true);
  let passed = false;
  const passing = gate.pass(never, () => undefined).then(() => (passed = true));
  gate.set(false);
  gate.set(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toBe(false);
  gate.set(false);
  await passing;
});

test('a cancel ends the wait', async () => {
  const gate = createPauseGate();
  gate.setImporting(true);
  gate.set(true);
  const abort = new AbortController();
  const passing = gate.pass(abort.signal, () => undefined);
  abort.abort();
  await expect(passing).rejects.toMatchObject({ code: 'cancelled' });
});

test('an import that ends while it is held leaves the next one free', async () => {
  const gate = createPauseGate();
  gate.setImporting(true);
  gate.set(true);
  gate.setImporting(false);
  gate.setImporting(true);
  await gate.pass(never, () => expect.unreachable('nothing is held'));
});
