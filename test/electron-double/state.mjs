// What the parts of the stand-in share: the browser behind it, the app that it runs, and what would have left the app.

/** Everything that would have left the app: dialogs, openExternal, a file shown in its folder. Tests read it. */
export const calls = [];
globalThis.__edouble = { calls };

/** Filled while the stand-in starts; `cdp` and `chromium` exist once the app is ready. */
export const state = { cdp: undefined, chromium: undefined, appInfo: { dir: process.cwd(), pkg: {} }, ready: false, quitting: false };

/** Command-line switches for Chromium that the app asked for. */
export const switches = [];
export const readyGate = Promise.withResolvers();

/** An event whose default a listener may prevent. */
export const cancelable = (extra = {}) => ({
  ...extra,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});
