// Dialogs, menus, the desktop: recorded, never shown.
import { EventEmitter } from 'node:events';
import { BrowserWindow } from './browser-window.mjs';
import { calls } from './state.mjs';

const record =
  (kind, value) =>
  (...args) => {
    calls.push({ kind, args: args.filter((a) => !(a instanceof BrowserWindow)) });
    return Promise.resolve(value(...args));
  };
export const dialog = {
  showOpenDialog: record('showOpenDialog', () => ({ canceled: true, filePaths: [] })),
  showSaveDialog: record('showSaveDialog', () => ({ canceled: true, filePath: '' })),
  showMessageBox: record('showMessageBox', (a, b) => ({ response: (b ?? a).cancelId ?? 0, checkboxChecked: false })),
  showErrorBox: (title, content) => {
    calls.push({ kind: 'showErrorBox', args: [title, content] });
    console.error(`[error box] ${title}: ${content}`);
  },
};
export const shell = {
  openExternal: record('openExternal', () => undefined),
  openPath: record('openPath', () => ''),
  showItemInFolder: (p) => void calls.push({ kind: 'showItemInFolder', args: [p] }),
};
export class MenuItem {
  constructor(o) {
    if (!o.label && !o.role && !o.type && !o.submenu)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    Object.assign(this, { enabled: true, visible: true, type: o.submenu ? 'submenu' : 'normal', ...o });
    if (Array.isArray(o.submenu)) this.submenu = Menu.buildFromTemplate(o.submenu);
    this.click = (...a) => o.click?.(this, BrowserWindow.getFocusedWindow(), ...a);
  }
}
export class Menu extends EventEmitter {
  static _app = null;
  items = [];
  static buildFromTemplate(t) {
    const m = new Menu();
    for (const i of t) m.append(i instanceof MenuItem ? i : new MenuItem(i));
    return m;
  }
  static setApplicationMenu(m) {
    Menu._app = m;
  }
  static getApplicationMenu() {
    return Menu._app;
  }
  append(i) {
    this.items.push(i);
  }
  popup() {
    calls.push({ kind: 'menu.popup', args: [this.items.map((i) => i.label ?? i.role)] });
  }
  closePopup() {}
  getMenuItemById(id) {
    for (const i of this.items) {
      if (i.id === id) return i;
      const s = i.submenu?.getMenuItemById?.(id);
      if (s) return s;
    }
    return null;
  }
}
