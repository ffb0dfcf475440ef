import { expect } from '@playwright/test';
import type { Bridge } from '#renderer/host/bridge.ts';
import { test } from '../support/desktop.ts';

interface Settled {
  readonly getLastWebPreferences: () => Readonly<Record<string, unknown>>;
}

/** Addresses of scripts that are not ours: other hosts, other schemes, and what of our own serves evidence. */
const SCRIPT_PROBES = ['https:', 'http:', 'ws:', 'ftp:', ''].flatMap((scheme) => ['example.com', '127.0.0.1:9', 'localhost', '[::1]', 'app.example'].map((host) => `${scheme}//${host}/x.js`)).concat(['data:text/javascript,window.pwned=1', 'data:,window.pwned=1', 'blob:nothing', 'filesystem:x', 'file:///tmp/x.js', 'spoor://other/x.js', '/blob/0', 'javascript:window.pwned=1']); // prettier-ignore

/** Ways out of the folder that is served, each in front of a file that somebody would like to read. */
const WAYS_OUT = ['/../', '/%2e%2e/', '/..%2f', '/.%2e/', '/%2e%2e%2f', '/..%5c', '/....//', '/assets/../../', '/assets/%2e%2e/%2e%2e/', '/%252e%252e/', '/\\..\\', '//', '/./../', '/index.html/../../', '/%00/'] as const; // prettier-ignore
const WANTED = ['package.json', 'etc/passwd', 'main/index.js', 'Windows/win.ini'] as const;
/** Addresses that must not answer. */
const PATH_PROBES = [
  ...WAYS_OUT.flatMap((way) => WANTED.map((file) => `${way}${file}`)),
  '/blob/',
  '/blob/0',
  '/print/0',
  '/assets',
  '/.env',
];

test('the page has no Node and no Electron, only one frozen bridge with one function @shell', async ({ win }) => {
  const seen = await win.evaluate(() => ({
    globals: ['require', 'process', 'Buffer', 'module', 'global', '__dirname', 'ipcRenderer'].filter((name) => name in window),
    bridge: Object.keys(window.spoor ?? {}),
    frozen: Object.isFrozen(window.spoor),
  }));
  expect(seen).toEqual({ globals: [], bridge: ['grantFiles'], frozen: true });
});

test('the page cannot replace or extend the bridge @shell', async ({ win }) => {
  const kept = await win.evaluate(() => {
    const before = window.spoor;
    const attempts: (() => unknown)[] = [
      () => Object.assign(before ?? {}, { grantFiles: () => 'mine' }),
      () => Reflect.set(window, 'spoor', 'mine'),
      () => Reflect.deleteProperty(window, 'spoor'),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Refused loudly or quietly: what counts is what stands afterwards.
      }
    }
    return window.spoor === before && !JSON.stringify(Object.values(window.spoor ?? {}).map(String)).includes('mine');
  });
  expect(kept).toBe(true);
});

test('every window is isolated, sandboxed and without webviews @shell', async ({ app, win }) => {
  await expect(win).toHaveTitle(/Spoor/);
  const settings = await app.evaluate(({ webContents }) =>
    // Not in Electron's type file, and the only way to read back what a window was really made with.
    webContents.getAllWebContents().map((each) => (each as unknown as Settled).getLastWebPreferences()),
  );
  expect(settings).toHaveLength(1);
  for (const each of settings) {
    expect(each).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    });
  }
});

test('no way of navigating leaves the page @shell', async ({ win }) => {
  const before = win.url();
  for (const target of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:void(document.title="pwned")',
    'spoor://app/../../package.json',
  ]) {
    await win.evaluate((url) => {
      window.location.href = url;
    }, target);
    await win.evaluate((url) => {
      window.location.assign(url);
    }, target);
    await win.evaluate((url) => {
      window.location.replace(url);
    }, target);
    await win.evaluate((url) => {
      const link = document.body.appendChild(document.createElement('a'));
      link.href = url;
      link.click();
      link.remove();
    }, target);
  }
  await win.evaluate(() => {
    const refresh = document.head.appendChild(document.createElement('meta'));
    refresh.httpEquiv = 'refresh';
    refresh.content = '0;url=https://example.com/';
  });
  await win.evaluate(() => {
    const form = document.body.appendChild(document.createElement('form'));
    form.action = 'https://example.com/';
    form.method = 'post';
    form.submit();
    form.remove();
  });
  await win.waitForTimeout(300);
  expect(win.url()).toBe(before);
  // Read in the page: Playwright's own locators wait for navigations that were stopped and so never end.
  const page = await win.evaluate(() => ({ title: document.title, alive: document.querySelectorAll('nav a').length > 0 }));
  expect(page.title).toContain('Spoor');
  expect(page.alive).toBe(true);
});

test('no new window opens, and nothing is handed to the desktop @shell', async ({ app, win }) => {
  const answer = await win.evaluate(() => {
    const opened = window.open('https://example.com/', '_blank');
    const link = document.body.appendChild(document.createElement('a'));
    link.href = 'https://example.com/';
    link.target = '_blank';
    link.click();
    link.remove();
    return opened === null;
  });
  expect(answer).toBe(true);
  await win.waitForTimeout(300);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the policy stops inline, foreign and evaluated scripts, and every request outside @shell', async ({ win }) => {
  const ran = await win.evaluate(async (sources) => {
    const found: string[] = [];
    const inline = document.createElement('script');
    try {
      inline.textContent = 'window.pwned = 1';
      document.body.append(inline);
    } catch {
      // Trusted Types refuse the text itself.
    }
    for (const source of sources) {
      const script = document.createElement('script');
      try {
        script.src = source;
        document.body.append(script);
      } catch {
        // Trusted Types refuse the address itself.
      }
    }
    try {
      // Run later, outside this evaluation, which the policy would not bind.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the attack under test
      window.setTimeout('window.pwned = 1', 0);
    } catch {
      // As it should be.
    }
    const image = document.body.appendChild(document.createElement('div'));
    try {
      image.innerHTML = '<img src=x onerror="window.pwned = 1">';
    } catch {
      // Trusted Types refuse the markup.
    }
    for (const url of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd']) {
      await fetch(url).then(
        () => found.push(url),
        () => undefined,
      );
    }
    await new Promise((done) => setTimeout(done, 300));
    if ('pwned' in window) found.push('a script ran');
    return found;
  }, SCRIPT_PROBES);
  expect(ran).toEqual([]);
});

test('only listed addresses of our scheme answer @shell', async ({ win }) => {
  const answered = await win.evaluate(async (probes) => {
    const answers = await Promise.all(
      probes.map((path) =>
        fetch(path).then(
          async (answer) => (answer.status === 404 ? '' : `${path}: ${String(answer.status)} ${(await answer.text()).slice(0, 40)}`),
          () => '',
        ),
      ),
    );
    return answers.filter((answer) => answer !== '');
  }, PATH_PROBES);
  expect(answered).toEqual([]);
  const policy = await win.evaluate(() => fetch('/').then((answer) => answer.headers.get('content-security-policy') ?? ''));
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe');
});

test('the bridge refuses what is no dropped file @shell', async ({ win }) => {
  const answers = await win.evaluate(async () => {
    const bridge: Bridge | undefined = window.spoor;
    if (bridge === undefined) return ['no bridge'];
    const attempt = (given: unknown): Promise<string> =>
      Promise.resolve()
        .then(() => bridge.grantFiles(given as readonly File[]))
        .then(
          (refs) => JSON.stringify(refs),
          () => 'refused',
        );
    // A file that the page made itself has no path, so it grants nothing.
    return Promise.all([attempt([new File(['x'], 'passwd')]), attempt(['/etc/passwd']), attempt([{ path: '/etc/passwd' }])]);
  });
  expect(answers).toEqual(['[]', 'refused', 'refused']);
});
