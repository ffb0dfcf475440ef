// `app`: life cycle, paths, command line.
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BrowserWindow } from './browser-window.mjs';
import { cancelable, readyGate, state, switches } from './state.mjs';

class App extends EventEmitter {
  constructor() {
    super();
    this._paths = {};
  }
  commandLine = {
    appendSwitch: (n, v = '') => switches.push(v === '' ? `--${n}` : `--${n}=${v}`),
    hasSwitch: (n) => process.argv.some((a) => a === `--${n}` || a.startsWith(`--${n}=`)),
    getSwitchValue: (n) => process.argv.find((a) => a.startsWith(`--${n}=`))?.slice(n.length + 3) ?? '',
  };
  isPackaged = false;
  get name() {
    return this._name ?? state.appInfo.pkg.productName ?? state.appInfo.pkg.name ?? 'Electron';
  }
  set name(v) {
    this._name = v;
  }
  getVersion() {
    return state.appInfo.pkg.version ?? '0.0.0';
  }
  getAppPath() {
    return state.appInfo.dir;
  }
  isReady() {
    return state.ready;
  }
  whenReady() {
    return readyGate.promise;
  }
  getPath(n) {
    if (this._paths[n]) return this._paths[n];
    const home = os.homedir(),
      data = process.env.XDG_CONFIG_HOME ?? path.join(home, '.config');
    const p = {
      home,
      appData: data,
      userData: this.commandLine.getSwitchValue('user-data-dir') || path.join(data, this.name),
      temp: os.tmpdir(),
      downloads: path.join(home, 'Downloads'),
      documents: path.join(home, 'Documents'),
      desktop: path.join(home, 'Desktop'),
      exe: process.argv[0],
    };
    if (n === 'sessionData') return this.getPath('userData');
    if (n === 'logs') return path.join(this.getPath('userData'), 'logs');
    if (!p[n]) throw new Error(`Failed to get '${n}' path`);
    if (n === 'userData') fs.mkdirSync(p[n], { recursive: true });
    return p[n];
  }
  setPath(n, p) {
    this._paths[n] = p;
  }
  requestSingleInstanceLock() {
    return true;
  }
  releaseSingleInstanceLock() {}
  enableSandbox() {}
  focus() {}
  async quit() {
    if (state.quitting) return;
    const e = cancelable();
    this.emit('before-quit', e);
    if (e.defaultPrevented) return;
    state.quitting = true;
    for (const w of BrowserWindow.getAllWindows()) {
      w.close();
      await w._closed.promise.catch(() => {});
      if (!w._destroyed) {
        state.quitting = false;
        return;
      }
    }
    const w = cancelable();
    this.emit('will-quit', w);
    if (w.defaultPrevented) {
      state.quitting = false;
      return;
    }
    this.emit('quit', {}, 0);
    this.exit(0);
  }
  exit(code = 0) {
    state.chromium?.kill('SIGKILL');
    process.exit(code);
  }
}
export const app = new App();
