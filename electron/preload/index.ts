import type { FileRef } from '#shared/contract/table.ts';
import { contextBridge, ipcRenderer, webUtils } from 'electron';

// This is all that a page gets: a pipe of texts, and a way to say "these are the files that were dropped on me".
// No channel name, no event and no path crosses over.

/** The part of the page's window that is used here; the rest of this folder's code has none. */
interface Page {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
  addEventListener(type: 'load', listener: () => void): void;
}
const page = globalThis as unknown as Page;

/** Ties the port that arrives to this very page load. */
const nonce = crypto.randomUUID();

ipcRenderer.on('spoor:port', (event, given: unknown) => {
  if (given === nonce) page.postMessage({ kind: 'spoor-port' }, page.location.origin, event.ports as readonly unknown[]);
});

// By then the page's own modules have run, so it hears the port that comes.
page.addEventListener('load', () => {
  ipcRenderer.send('spoor:connect', nonce);
});

contextBridge.exposeInMainWorld(
  'spoor',
  Object.freeze({
    grantFiles: (files: readonly File[]): Promise<readonly FileRef[]> => {
      const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
      return ipcRenderer.invoke('spoor:grant', paths) as Promise<readonly FileRef[]>;
    },
  }),
);
