'use strict';
// Runs first: makes this Node process look like an Electron browser process and routes every
// import/require of "electron" (main bundle, Playwright's loader, its inspector console) to the double.
if (typeof require('node:module').registerHooks !== 'function') {
  console.error(`electron-double needs Node >= 22.15, this is ${process.version}`);
  process.exit(1);
}
const { registerHooks, createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');
const path = require('node:path');

const raw = process.argv.slice(process.argv.indexOf('--') + 1);
process.argv = [process.env.ELECTRON_DOUBLE_EXEC, ...raw];
let version = '0.0.0';
try {
  version = createRequire(path.resolve('package.json'))('electron/package.json').version;
} catch {
  // No electron package beside the app: the version stays unknown.
}
if (raw.includes('--version') || raw.includes('-v')) {
  console.log('v' + version + ' (double)');
  process.exit(0);
}
Object.defineProperty(process, 'versions', {
  value: Object.freeze({ ...process.versions, electron: version, chrome: process.env.ELECTRON_DOUBLE_CHROME ?? '0.0.0.0' }),
});
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: path.resolve('resources') });
const impl = pathToFileURL(path.join(__dirname, 'electron-main.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier) ? { url: impl, format: 'module', shortCircuit: true } : next(specifier, context),
});
