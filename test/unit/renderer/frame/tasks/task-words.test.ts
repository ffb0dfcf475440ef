import { expect, test } from 'vitest';
import { announce, describeOutcome, describeTask } from '#renderer/frame/tasks/task-words.ts';
import type { Task } from '#renderer/state/session.ts';

const task = (more: Partial<Task> = {}): Task => ({ id: 1, title: 'Importing a.har', cancel: () => undefined, ...more });
const READING = { step: 'Reading', done: 1_460_000_000, total: 2_310_000_000, unit: 'bytes' } as const;

test('a task tells its step at once, its numbers when it lasts and the remaining time when it can', () => {
  expect(describeTask(task(), false)).toBe('started');
  expect(describeTask(task({ progress: READING }), false)).toBe('Reading');
  expect(describeTask(task({ progress: READING, remaining: 41_000 }), true)).toBe('Reading, 1.46 GB of 2.31 GB, about 40 s left');
});

test('a held task says so', () => {
  expect(describeTask(task({ progress: { ...READING, paused: true } }), false)).toBe('held: Reading');
});

test('an end is told with its time, a failure with its code', () => {
  expect(describeOutcome({ id: 1, title: '', outcome: { kind: 'finished' }, took: 4000 })).toBe('finished in 4 s');
  expect(describeOutcome({ id: 1, title: '', outcome: { kind: 'cancelled' }, took: 12_000 })).toBe('cancelled after 12 s');
  const failed = { kind: 'failed', error: { code: 'unreadable', message: 'a.har is gone' } } as const;
  expect(describeOutcome({ id: 1, title: '', outcome: failed, took: 1 })).toBe('failed: a.har is gone (unreadable)');
});

test('what is said aloud is what runs, in whole percent, then what it came to', () => {
  expect(announce([task({ progress: READING })], undefined)).toBe('Importing a.har: Reading 63 %');
  expect(announce([], { id: 1, title: 'Analysing', outcome: { kind: 'finished' }, took: 4000 })).toBe('Analysing: finished in 4 s');
  expect(announce([], undefined)).toBe('');
});
