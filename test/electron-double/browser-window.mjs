// `BrowserWindow`: a page with bounds and a life; chrome, focus and multi-display are not modelled.
import { EventEmitter } from 'node:events';
import { app } from './app.mjs';
import { calls, cancelable, state } from './state.mjs';
import { WebContents } from './web-contents.mjs';

export class BrowserWindow extends EventEmitter {
  static _all = [];
  static _next = 1;
  constructor(o = {}) {
    super();
    if (!state.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    Object.assign(this, {
      id: BrowserWindow._next++,
      _o: o,
      _title: o.title ?? app.name,
      _visible: o.show !== false,
      _destroyed: false,
      _closed: Promise.withResolvers(),
      _bounds: { x: o.x ?? 0, y: o.y ?? 0, width: o.width ?? 800, height: o.height ?? 600 },
    });
    BrowserWindow._all.push(this);
    this.webContents = new WebContents(this, o.webPreferences ?? {}, this._bounds);
    app.emit('browser-window-created', {}, this);
  }
  static getAllWindows() {
    return [...BrowserWindow._all];
  }
  static fromWebContents(w) {
    return BrowserWindow._all.find((x) => x.webContents === w) ?? null;
  }
  static fromId(id) {
    return BrowserWindow._all.find((x) => x.id === id) ?? null;
  }
  static getFocusedWindow() {
    return BrowserWindow._all.at(-1) ?? null;
  }
  loadURL(u) {
    return this.webContents.loadURL(u);
  }
  _firstPaint() {
    if (!this._shown) {
      this._shown = true;
      this.emit('ready-to-show');
    }
  }
  close() {
    if (this._destroyed) return;
    const e = cancelable();
    this.emit('close', e);
    if (e.defaultPrevented) {
      this._closed.resolve();
      this._closed = Promise.withResolvers();
      return;
    }
    this.destroy();
  }
  destroy() {
    if (this._destroyed) return;
    void this.webContents._init.then(() => state.cdp.send('Target.closeTarget', { targetId: this.webContents._targetId })).catch(() => {});
  }
  _afterGone() {
    this._destroyed = true;
    BrowserWindow._all.splice(BrowserWindow._all.indexOf(this), 1);
    this.emit('closed');
    this._closed.resolve();
    if (BrowserWindow._all.length === 0 && !state.quitting && !app.emit('window-all-closed')) void app.quit();
  }
  isDestroyed() {
    return this._destroyed;
  }
  show() {
    this._visible = true;
    this.emit('show');
  }
  hide() {
    this._visible = false;
    this.emit('hide');
  }
  isVisible() {
    return this._visible;
  }
  isFocused() {
    return true;
  }
  focus() {
    this.emit('focus');
  }
  isMinimized() {
    return false;
  }
  restore() {}
  setProgressBar(value, options = {}) {
    if (typeof value !== 'number') throw new TypeError('Error processing argument at index 0, conversion failure from ' + String(value));
    const modes = ['none', 'normal', 'indeterminate', 'error', 'paused'];
    if (options.mode !== undefined && !modes.includes(options.mode))
      throw new TypeError(`no mode of a progress bar: ${String(options.mode)}`);
    calls.push({ kind: 'setProgressBar', args: [value, options] });
  }
  setTitle(t) {
    this._title = t;
  }
  getTitle() {
    return this._title;
  }
  getBounds() {
    return { ...this._bounds };
  }
}
