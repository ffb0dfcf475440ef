import type { BrowserWindow, IpcMainEvent } from 'electron';
import { expect, test, vi } from 'vitest';
import { isOurPage } from '#electron/main/window.ts';

vi.mock('electron', () => ({ BrowserWindow: vi.fn(), protocol: {} }));

const webContents = {};
const window = { webContents } as unknown as BrowserWindow;
/** A message as it arrives: who sent it, and what the frame that did shows. */
const from = (sender: object, frame: object | null): IpcMainEvent => ({ sender, senderFrame: frame }) as unknown as IpcMainEvent;

test('a message of the top frame of our window is heard', () => {
  expect(isOurPage(from(webContents, { parent: null, url: 'spoor://app/#/calls' }), window)).toBe(true);
});

test.each([
  ['another window', from({}, { parent: null, url: 'spoor://app/' })],
  ['a frame within ours', from(webContents, { parent: {}, url: 'spoor://app/blob/1' })],
  ['a frame that is gone', from(webContents, null)],
  ['a page of the web', from(webContents, { parent: null, url: 'https://app/' })],
  ['a file', from(webContents, { parent: null, url: 'file:///spoor://app/' })],
  ['a name that begins like ours', from(webContents, { parent: null, url: 'spoor://app.evil.example/' })],
  ['a blank page', from(webContents, { parent: null, url: 'about:blank' })],
  ['an address of ours within another', from(webContents, { parent: null, url: 'data:text/html,spoor://app/' })],
])('%s is not our page', (_what, event) => {
  expect(isOurPage(event, window)).toBe(false);
});

test('without a window nothing is our page', () => {
  expect(isOurPage(from(webContents, { parent: null, url: 'spoor://app/' }), undefined)).toBe(false);
});
