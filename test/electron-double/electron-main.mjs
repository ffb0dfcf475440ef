// The `electron` module of the main process. What is not exported here is a link error in the app: the stand-in does not pretend.
import { app } from './app.mjs';
import { BrowserWindow } from './browser-window.mjs';
import { ipcMain, MessageChannelMain } from './ipc.mjs';
import { nativeTheme } from './native-theme.mjs';
import { protocol, session } from './session.mjs';
import { dialog, Menu, MenuItem, shell } from './shell.mjs';
import { utilityProcess } from './utility-process.mjs';
import { webContents } from './web-contents.mjs';

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
  webContents,
};
export default {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
  webContents,
};
