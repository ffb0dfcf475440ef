// `nativeTheme`: what `prefers-color-scheme` says in every page.
import { EventEmitter } from 'node:events';
import { WebContents } from './web-contents.mjs';

class NativeTheme extends EventEmitter {
  _s = 'system';
  get themeSource() {
    return this._s;
  }
  set themeSource(v) {
    this._s = v;
    for (const w of WebContents._all)
      void w._init.then(() =>
        w._cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: v === 'dark' ? 'dark' : 'light' }] }),
      );
    this.emit('updated');
  }
  get shouldUseDarkColors() {
    return this._s === 'dark';
  }
}
export const nativeTheme = new NativeTheme();
