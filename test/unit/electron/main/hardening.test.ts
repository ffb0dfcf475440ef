import { beforeEach, describe, expect, test, vi } from 'vitest';
import { hardenApp, hardenSession } from '#electron/main/hardening.ts';

type Listener = (...args: unknown[]) => unknown;

/** What the code under test handed to Electron. */
const given = vi.hoisted(() => ({
  switches: new Map<string, string | undefined>(),
  app: new Map<string, (...args: unknown[]) => unknown>(),
  handlers: new Map<string, (...args: unknown[]) => unknown>(),
  isSandboxed: false,
}));

vi.mock('electron', () => {
  const keep =
    (name: string) =>
    (...args: unknown[]): Promise<void> => {
      given.handlers.set(name, (typeof args.at(-1) === 'function' ? args.at(-1) : () => args[0]) as Listener);
      return Promise.resolve();
    };
  return {
    app: {
      enableSandbox: () => {
        given.isSandboxed = true;
      },
      commandLine: { appendSwitch: (name: string, value?: string) => given.switches.set(name, value) },
      on: (name: string, listener: Listener) => given.app.set(name, listener),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: keep('request'),
        setPermissionCheckHandler: keep('check'),
        setDevicePermissionHandler: keep('device'),
        setSpellCheckerEnabled: keep('spell'),
        setSpellCheckerLanguages: keep('languages'),
        setProxy: keep('proxy'),
        webRequest: { onBeforeRequest: keep('before') },
      },
    },
  };
});

const handler = (name: string): ((...args: unknown[]) => unknown) => given.handlers.get(name) ?? (() => 'no handler');

/** The listeners of a window that was made, and what it does with new windows. */
function contents(): { readonly emit: (name: string, event: object) => boolean; readonly open: () => unknown } {
  const listeners = new Map<string, (event: object) => void>();
  let opener: () => unknown = () => 'no handler';
  given.app.get('web-contents-created')?.(
    {},
    {
      on: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
      setWindowOpenHandler: (given_: () => unknown) => {
        opener = given_;
      },
    },
  );
  return {
    emit: (name, event) => {
      let isPrevented = false;
      listeners.get(name)?.({
        ...event,
        preventDefault: () => {
          isPrevented = true;
        },
      });
      return isPrevented;
    },
    open: () => opener(),
  };
}

beforeEach(async () => {
  hardenApp();
  await hardenSession();
});

const PERMISSIONS = ['clipboard-read', 'display-capture', 'fullscreen', 'geolocation', 'hid', 'idle-detection', 'media', 'mediaKeySystem', 'midi', 'midiSysex', 'notifications', 'openExternal', 'pointerLock', 'keyboardLock', 'serial', 'speaker-selection', 'storage-access', 'top-level-storage-access', 'usb', 'window-management', 'fileSystem', 'unknown'] as const; // prettier-ignore
test.each(PERMISSIONS)('the permission is denied when asked for and when looked up: %s', (permission) => {
  const answers: unknown[] = [];
  handler('request')({}, permission, (answer: unknown) => answers.push(answer), { requestingUrl: 'spoor://app/index.html' });
  expect(answers).toEqual([false]);
  expect(handler('check')({}, permission, 'spoor://app')).toBe(false);
});

test('copying text is allowed to our page alone, and no device to anybody', () => {
  const ask = (url: string): unknown => {
    let answer: unknown;
    handler('request')({}, 'clipboard-sanitized-write', (given_: unknown) => (answer = given_), { requestingUrl: url });
    return answer;
  };
  expect([ask('spoor://app/'), ask('https://evil.example/'), ask('spoor://application/'), ask('spoor://app.evil.example/')]).toEqual([true, false, false, false]); // prettier-ignore
  expect(handler('device')({})).toBe(false);
});

describe('a window', () => {
  test.each(['https://evil.example/', 'http://127.0.0.1/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:1', 'spoor://app/', 'spoor://app/../x', 'blob:x', 'about:blank', 'ftp://x/', 'mailto:x', 'ms-word:x', 'view-source:x'])(
    'going to %s is prevented in the top frame, by redirects, and in frames',
    (url) => {
      const { emit } = contents();
      expect(emit('will-navigate', { url })).toBe(true);
      expect(emit('will-redirect', { url })).toBe(true);
      expect(emit('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
      expect(emit('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    },
  ); // prettier-ignore

  test('only the report’s own address may load in a frame', () => {
    expect(contents().emit('will-frame-navigate', { url: 'spoor://app/blob/0123', isMainFrame: false })).toBe(false);
    expect(contents().emit('will-frame-navigate', { url: 'spoor://app/blob/0123', isMainFrame: true })).toBe(true);
  });

  test('a webview is prevented, and a new window is denied', () => {
    expect(contents().emit('will-attach-webview', {})).toBe(true);
    expect(contents().open()).toEqual({ action: 'deny' });
  });
});

test.each(['https://a/', 'http://a/', 'ws://a/', 'wss://a/', 'ftp://a/', 'file:///etc/passwd', 'chrome://gpu', 'chrome-extension://x/', 'about:blank', 'filesystem:x', 'spoorx://app/'])(
  'requests of every other scheme are cancelled: %s',
  (url) => {
    let answer: unknown;
    handler('before')({ url }, (given_: unknown) => (answer = given_));
    expect(answer).toEqual({ cancel: true });
  },
); // prettier-ignore

test('names resolve to nothing, there is no proxy, no spell checker and a sandbox', () => {
  expect(given.isSandboxed).toBe(true);
  expect(given.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  for (const name of ['no-proxy-server', 'disable-background-networking', 'disable-component-update', 'dns-prefetch-disable', 'no-pings', 'disable-breakpad'])
    expect(given.switches.has(name)).toBe(true);
  expect([handler('spell')(), handler('languages')(), handler('proxy')()]).toEqual([false, [], { mode: 'direct' }]);
}); // prettier-ignore
