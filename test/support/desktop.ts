import { resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');

/** Which shell this run drives; `npm test` sets it and prints it. */
const isDouble = process.env['SPOOR_TEST_SHELL'] !== 'electron';
// Playwright then finds the stand-in where it would find Electron, and starts both in the same way.
if (isDouble) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = resolve(root, 'test/electron-double');

/** Playwright's test with the desktop app: `app` is its main process, `win` the window once its page is there. */
export const test = base.extend<{ app: ElectronApplication; win: Page }>({
  app: async ({}, use, info) => {
    info.annotations.push({ type: 'shell', description: isDouble ? 'electron-double' : 'electron' });
    const app = await _electron.launch({
      chromiumSandbox: !isDouble, // ours is never switched off; the stand-in's Chromium may run as root
      args: ['.', `--user-data-dir=${info.outputPath('profile')}`],
      cwd: root,
      env: { ...definedOf(process.env), SPOOR_HOME: info.outputPath('home') },
    });
    await use(app);
    await app.close();
  },
  win: async ({ app }, use) => {
    const win = await app.firstWindow();
    // The window exists before its document, in Electron as in the stand-in.
    await win.waitForURL((url) => url.protocol !== 'about:');
    await win.waitForLoadState();
    await use(win);
  },
});

const definedOf = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Drops files from the desktop on the middle of the window, as the operating system would. */
export async function dropFiles(win: Page, files: readonly string[]): Promise<void> {
  const size = win.viewportSize() ?? { width: 1280, height: 800 };
  const cdp = await win.context().newCDPSession(win);
  const data = { items: [], files: files.map((file) => resolve(root, file)), dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: size.width / 2, y: size.height / 2, data });
  }
  await cdp.detach();
}
