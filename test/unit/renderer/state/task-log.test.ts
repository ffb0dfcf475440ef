import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { addTask, endTask, useSession } from '#renderer/state/session.ts';
import { clearEnded, followTasks, logFailure, noteFailure, useTaskLog } from '#renderer/state/task-log.ts';

let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  useSession.setState({ tasks: [] });
  clearEnded();
  stop = followTasks();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const begin = (title: string): number => addTask(title, () => undefined);
const outcomes = (): readonly string[] => useTaskLog.getState().ended.map(({ title, outcome }) => `${title}: ${outcome.kind}`);

test('a task of which nothing bad was said has finished, the newest stands first, with the time it took', () => {
  const first = begin('Importing');
  vi.advanceTimersByTime(4000);
  endTask(first);
  endTask(begin('Analysing'));
  expect(outcomes()).toEqual(['Analysing: finished', 'Importing: finished']);
  expect(useTaskLog.getState().ended[1]?.took).toBe(4000);
});

test('a failure keeps its reason, and a stop on request is no failure', () => {
  const failed = begin('Importing');
  noteFailure(failed, new AppError('unreadable', 'a.har could not be read'));
  endTask(failed);
  const cancelled = begin('Analysing');
  noteFailure(cancelled, new AppError('cancelled', 'cancelled'));
  endTask(cancelled);
  expect(outcomes()).toEqual(['Analysing: cancelled', 'Importing: failed']);
});

test('numbers come after a second, and not for what is over by then', () => {
  const id = begin('Importing');
  vi.advanceTimersByTime(900);
  expect(useTaskLog.getState().lasting.has(id)).toBe(false);
  vi.advanceTimersByTime(200);
  expect(useTaskLog.getState().lasting.has(id)).toBe(true);
  endTask(id);
  vi.advanceTimersByTime(5000);
  expect(useTaskLog.getState().lasting.size).toBe(0);
});

test('the ten that ended last are kept', () => {
  for (let index = 0; index < 12; index++) endTask(begin(`Task ${String(index)}`));
  expect(outcomes()).toHaveLength(10);
  expect(outcomes()[0]).toBe('Task 11: finished');
});

test('a failure that was over at once is listed beside those of tasks', () => {
  logFailure('Opening Acme', new AppError('not-found', 'it is gone'));
  expect(outcomes()).toEqual(['Opening Acme: failed']);
});
