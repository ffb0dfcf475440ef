import { expect, test, vi } from 'vitest';
import { taskbarValue } from '#electron/main/shell.ts';

vi.mock('electron', () => ({ app: {}, BrowserWindow: vi.fn(), dialog: {} }));

test('the bar shows the share, runs on where there is none, and goes away with the work', () => {
  expect(taskbarValue({ kind: 'share', share: 0.63, paused: false })).toEqual([0.63, { mode: 'normal' }]);
  expect(taskbarValue({ kind: 'share', share: 0.63, paused: true })).toEqual([0.63, { mode: 'paused' }]);
  expect(taskbarValue({ kind: 'unknown' })).toEqual([2, { mode: 'indeterminate' }]);
  expect(taskbarValue({ kind: 'none' })[0]).toBe(-1);
});
