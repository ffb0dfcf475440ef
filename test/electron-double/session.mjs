// `session` and `protocol`: custom schemes are shown to Chromium as https hosts that only the stand-in answers.
import { EventEmitter } from 'node:events';
import { state } from './state.mjs';

/** scheme → handler; `app://host/x` is shown to Chromium as `https://host.app.edouble.test/x`. */
export const schemes = new Map();
export const toReal = (u) =>
  u.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/]*)/i, (m, s, h) => (schemes.has(s) ? `https://${h || 'local'}.${s}.edouble.test` : m));
export const toApp = (u) => u.replace(/^https:\/\/([^/]*)\.([a-z0-9-]+)\.edouble\.test/i, '$2://$1');
class Session extends EventEmitter {
  webRequest = {
    onBeforeRequest: (f, fn) => {
      this.webRequest._before = fn ?? f;
    },
  };
  protocol = protocol;
  setPermissionRequestHandler(fn) {
    this._permission = fn;
  }
  setPermissionCheckHandler(fn) {
    this._check = fn;
  }
  setSpellCheckerEnabled() {}
  setSpellCheckerLanguages() {}
  setSpellCheckerDictionaryDownloadURL() {}
  setDevicePermissionHandler(fn) {
    this._device = fn;
  }
  async setProxy() {}
}
let privileged = [];
export const protocol = {
  registerSchemesAsPrivileged: (list) => {
    if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    privileged = list;
  },
  handle: (scheme, fn) => {
    if (!privileged.some((p) => p.scheme === scheme && p.privileges?.standard))
      throw new Error(`electron-double: scheme ${scheme} is not registered as standard`);
    schemes.set(scheme, fn);
  },
  unhandle: (scheme) => void schemes.delete(scheme),
  isProtocolHandled: (scheme) => schemes.has(scheme),
};
export const session = { defaultSession: undefined, fromPartition: () => session.defaultSession };
session.defaultSession = new Session();
