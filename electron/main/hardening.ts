import { app, session } from 'electron';

/**
 * Chromium's own reasons to reach for the network, and its name resolution, are off before it starts.
 * With every name mapped to "not found" and no proxy, even a request that slipped every other guard has nowhere to go.
 */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-breakpad'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  [
    'disable-features',
    'MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater,SpareRendererForSitePerProcess',
  ],
];

/** Schemes that a page of ours may load from. */
const OUR_SCHEMES = new Set(['spoor:', 'data:', 'blob:', 'devtools:']);

/** What every process and every page of the app may not do. Call before the app is ready. */
export function hardenApp(): void {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  app.on('web-contents-created', (_event, contents) => {
    // One page, no other place to go: links, forms, redirects, frames and drops included.
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame || !event.url.startsWith('spoor://app/blob/')) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** What the one session of the app may not do. */
export async function hardenSession(): Promise<void> {
  const own = session.defaultSession;
  // Copying text is the one permission that the screens use; the handler decides it by name, for our page alone.
  const mayCopy = (permission: string, origin: string): boolean =>
    permission === 'clipboard-sanitized-write' && /^spoor:\/\/app\/?$/.test(origin);
  own.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(mayCopy(permission, details.requestingUrl.slice(0, 'spoor://app/'.length)));
  });
  own.setPermissionCheckHandler((_contents, permission, origin) => mayCopy(permission, origin));
  own.setDevicePermissionHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.setSpellCheckerLanguages([]);
  own.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !OUR_SCHEMES.has(new URL(details.url).protocol) });
  });
  await own.setProxy({ mode: 'direct' });
}
