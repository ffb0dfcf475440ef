import { resolve } from 'node:path';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { createWorkbench, type Workbench } from '#electron/node/workbench.ts';
import { homeFolder } from '#electron/node/home.ts';
import { app, dialog, ipcMain, MessageChannelMain, protocol, type BrowserWindow } from 'electron';
import enginePath from '../hosts/engine.ts?modulePath';
import { handleAppProtocol, SCHEME_PRIVILEGES } from './app-protocol.ts';
import { takeGrants } from './grants.ts';
import { hardenApp, hardenSession } from './hardening.ts';
import { setMenu } from './menu.ts';
import { portTransport } from './port-transport.ts';
import { createElectronShell } from './shell.ts';
import { utilityProcessEngines } from './utility-engines.ts';
import { isOurPage, openWindow } from './window.ts';

/** Folder of the app: the checkout, or the packed archive. */
const root = resolve(import.meta.dirname, '../..');

hardenApp();
protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES]);

/** Paths on a command line: what is no option, but for the executable and, unpacked, the app's own folder. */
const pathsOf = (argv: readonly string[], cwd: string): readonly string[] =>
  argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-'))
    .slice(app.isPackaged ? 0 : 1)
    .map((path) => resolve(cwd, path));

/** Opens or offers what the analyst named outside the window; failures are shown, since no page asked. */
async function openPaths(open: Workbench['openPaths'], paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  try {
    await open(paths, { signal: new AbortController().signal, progress: () => undefined });
  } catch (error) {
    await dialog.showMessageBox({
      type: 'error',
      message: 'These files could not be opened',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

async function start(): Promise<void> {
  await app.whenReady();
  const page = handleAppProtocol({ pageFolder: resolve(root, 'out/renderer'), blob: (id) => workbench.spool.blob(id) });
  await hardenSession();
  let window: BrowserWindow | undefined;
  const shell = createElectronShell({ window: () => window, serveOnce: page.serveOnce });
  const workbench = createWorkbench({
    home: homeFolder(),
    version: app.getVersion(),
    spawn: utilityProcessEngines(enginePath),
    shell,
    samplePath: resolve(root, SAMPLE_BUNDLE),
    onBug: (message) => {
      process.stderr.write(`spoor: bug: ${message}\n`);
    },
  });

  const show = (): void => {
    if (window === undefined) {
      window = openWindow(resolve(root, 'out/preload/index.cjs'));
      window.on('closed', () => {
        window = undefined;
      });
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  };

  // The page asks when it can listen; each page load gets a pipe of its own, and the one before closes with its page.
  ipcMain.on('spoor:connect', (event, nonce: unknown) => {
    if (!isOurPage(event, window) || typeof nonce !== 'string') return;
    const { port1, port2 } = new MessageChannelMain();
    workbench.connect(portTransport(port1));
    event.sender.postMessage('spoor:port', nonce, [port2]);
  });
  ipcMain.handle('spoor:grant', (event, paths: unknown) => {
    if (!isOurPage(event, window)) throw new Error('not our page');
    return takeGrants(workbench.spool, paths);
  });

  setMenu({
    openEvidence: async () => {
      await openPaths(workbench.offerPaths, await shell.pickFiles());
    },
  });
  app.on('second-instance', (_event, argv, cwd) => {
    show();
    void openPaths(workbench.openPaths, pathsOf(argv, cwd));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openPaths(workbench.openPaths, [path]);
  });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    app.quit();
  });
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    // The case is folded into one file before the process goes; a failure must not keep the app from ending.
    void workbench.close().finally(() => {
      closed = true;
      app.quit();
    });
  });

  show();
  await openPaths(workbench.openPaths, pathsOf(process.argv, process.cwd()));
}

if (app.requestSingleInstanceLock()) void start();
else app.quit();
