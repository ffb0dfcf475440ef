import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { PAGE_URL } from './app-protocol.ts';

/** Opens the workbench's window. The only place that makes one, beside the printer. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false, // until it has something to show
    title: 'Spoor',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(PAGE_URL);
  return window;
}

/** True when a message comes from the top frame of our window, and that frame shows our page. */
export function isOurPage(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  const frame = event.senderFrame;
  return event.sender === window?.webContents && frame?.parent === null && frame.url.startsWith(PAGE_URL);
}
