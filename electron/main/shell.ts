import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printNumbered } from '#electron/node/pdf/pages.ts';
import { toStablePdf } from '#electron/node/pdf/stable-pdf.ts';
import type { Shell } from '#electron/node/workbench.ts';
import type { TaskbarProgress } from '#shared/contract/taskbar.ts';
import { app, BrowserWindow, dialog, type OpenDialogOptions, type ProgressBarOptions, type SaveDialogOptions } from 'electron';
import type { AppProtocol } from './app-protocol.ts';

/** How long the report may take to load before printing is given up. Units: ms. */
const LOAD_PATIENCE = 60_000;

interface Needs {
  readonly window: () => BrowserWindow | undefined;
  readonly serveOnce: AppProtocol['serveOnce'];
}

/** What the desktop can do that a browser page cannot: its dialogs, and printing without being asked. */
export type ElectronShell = Shell & { readonly pickFiles: () => Promise<readonly string[]> };

/**
 * The arguments of `setProgressBar`: below 0 the bar goes away, above 1 it runs without an end. The mode is Windows' alone.
 * Source: Electron, BrowserWindow, "win.setProgressBar".
 */
export function taskbarValue(progress: TaskbarProgress): readonly [value: number, options: ProgressBarOptions] {
  if (progress.kind === 'none') return [-1, { mode: 'none' }];
  if (progress.kind === 'unknown') return [2, { mode: 'indeterminate' }];
  return [progress.share, { mode: progress.paused ? 'paused' : 'normal' }];
}

/** The desktop's side of the workbench. */
export function createElectronShell({ window, serveOnce }: Needs): ElectronShell {
  const askOpen = (options: OpenDialogOptions): ReturnType<typeof dialog.showOpenDialog> => {
    const parent = window();
    return parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options);
  };
  const askSave = (options: SaveDialogOptions): ReturnType<typeof dialog.showSaveDialog> => {
    const parent = window();
    return parent === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options);
  };
  return {
    kind: 'electron',
    why: undefined,
    canPrintPdf: () => true,
    async pickFiles() {
      // Only macOS offers files and folders in one dialog; elsewhere folders come by drag and drop.
      const properties: OpenDialogOptions['properties'] =
        process.platform === 'darwin' ? ['openFile', 'openDirectory', 'multiSelections'] : ['openFile', 'multiSelections'];
      const { canceled, filePaths } = await askOpen({ title: 'Add evidence', properties });
      return canceled ? [] : filePaths;
    },
    async askWhereToSave(name) {
      const { canceled, filePath } = await askSave({ title: 'Save the report', defaultPath: join(app.getPath('documents'), name) });
      return canceled || filePath === '' ? undefined : filePath;
    },
    showProgress(progress) {
      const [value, options] = taskbarValue(progress);
      window()?.setProgressBar(value, options);
    },
    async printPdf(htmlPath, pdfPath) {
      // A window of its own, never shown: scripts off, no preload, and the report's own policy on top.
      const printer = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, spellcheck: false },
      });
      const timer = setTimeout(() => {
        printer.destroy();
      }, LOAD_PATIENCE);
      try {
        const pdf = await printNumbered(htmlPath, `${pdfPath}.numbered.html`, async (path) => {
          const { url, withdraw } = serveOnce(path);
          try {
            await printer.loadURL(url);
            return await printer.webContents.printToPDF({
              printBackground: true,
              preferCSSPageSize: true,
              generateTaggedPDF: true,
              generateDocumentOutline: true,
              pageSize: 'A4',
            });
          } finally {
            withdraw();
          }
        });
        await writeFile(pdfPath, toStablePdf(pdf), { mode: 0o600 });
      } finally {
        clearTimeout(timer);
        if (!printer.isDestroyed()) printer.destroy();
      }
    },
  };
}
