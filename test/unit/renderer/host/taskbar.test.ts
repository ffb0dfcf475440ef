import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTaskbar, taskbarOf } from '#renderer/host/taskbar.ts';
import { useSession, type Task } from '#renderer/state/session.ts';
import { answers } from '#test/support/fake-case.ts';
import { createFakeClient } from '#test/support/fake-client.ts';

let stop = (): void => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  useSession.setState(useSession.getInitialState(), true);
  stop = followTaskbar();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const task = (done: number, total?: number, paused = false): Task => ({
  id: 1,
  title: 'Import',
  progress: { step: 'reading', done, unit: 'bytes', ...(total === undefined ? {} : { total }), ...(paused ? { paused } : {}) },
  cancel: () => undefined,
});

test('without work there is no bar, without an extent it runs on, else it is the mean of all', () => {
  expect(taskbarOf([])).toEqual({ kind: 'none' });
  expect(taskbarOf([{ id: 1, title: 'Import', cancel: () => undefined }])).toEqual({ kind: 'unknown' });
  expect(taskbarOf([task(5), task(0, 0)])).toEqual({ kind: 'unknown' });
  expect(taskbarOf([task(1, 4), task(3, 4), task(9)])).toEqual({ kind: 'share', share: 0.5, paused: false });
});

test('held work is shown as held, but not beside work that goes on', () => {
  expect(taskbarOf([task(1, 4, true)])).toEqual({ kind: 'share', share: 0.25, paused: true });
  expect(taskbarOf([task(1, 4, true), task(3, 4)])).toMatchObject({ paused: false });
});

test('the desktop is told each change once, and that the work is over', async () => {
  const client = createFakeClient({ ...answers, 'host.showProgress': () => null });
  useSession.setState({ client, host: { shell: 'electron', version: '1', pdf: true, platform: 'linux' } });
  for (const tasks of [[task(1, 4)], [task(1.001, 4)], []]) {
    useSession.setState({ tasks });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(client.asked.map(({ params }) => params)).toEqual([{ kind: 'share', share: 0.25, paused: false }, { kind: 'none' }]);
});

test('a browser, which has no taskbar of ours, is told nothing', async () => {
  const client = createFakeClient(answers);
  useSession.setState({ client, host: { shell: 'browser', version: '1', pdf: true, platform: 'linux' }, tasks: [task(1, 4)] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.asked).toEqual([]);
});
