import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { homeFolder } from '#electron/node/home.ts';
import { startHttpHost } from '#electron/node/serve/http-server.ts';
import { canPrintPdf, printPdf } from '#electron/node/pdf/pdf.ts';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { createWorkbench } from '#electron/node/workbench.ts';
import type { Arguments } from './arguments.ts';
import { exitCode } from './commands.ts';
import { passphraseOf } from './passphrase-file.ts';
import { engineEntry, packageRoot, packageVersion } from './place.ts';
import { progressTo } from './progress.ts';
import { interruptSignal } from './session.ts';
import { complain, sayLine } from './terminal.ts';

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'cmd' };

/** Opens a link in the browser of this machine; says nothing when there is none, the link is printed anyway. */
function openInBrowser(url: string): void {
  const words = process.platform === 'win32' ? ['/c', 'start', '', url] : [url];
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', words, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** `spoor serve [CASE|PATH…]`: runs until it is interrupted. */
export async function serveCommand(args: Arguments): Promise<number> {
  const signal = interruptSignal();
  const passphrase = passphraseOf(args);
  const workbench = createWorkbench({
    home: homeFolder(),
    version: packageVersion(),
    spawn: childProcessEngines(engineEntry()),
    shell: { kind: 'browser', why: args.why, canPrintPdf, printPdf },
    samplePath: join(packageRoot(), SAMPLE_BUNDLE),
    onBug: (message) => {
      complain(`spoor: a bug in the engine: ${message}`);
    },
  });
  const host = await startHttpHost(workbench, {
    pageFolder: join(packageRoot(), 'out/renderer'),
    port: args.port,
    onLinkUsed: (next) => {
      sayLine(`Another window: ${next}`);
    },
  });
  sayLine(`Spoor is at ${host.url()}`);
  const progress = progressTo(process.stderr, args.quiet);
  if (args.openBrowser) openInBrowser(host.url());
  try {
    if (args.positionals.length > 0) {
      await workbench.openPaths(
        args.positionals.map((path) => resolve(path)),
        {
          signal,
          progress: (step) => {
            progress.report(step);
          },
        },
        passphrase,
      );
      progress.done();
      complain(
        workbench.isWaiting()
          ? 'The case is encrypted: its window asks for the passphrase.'
          : args.openBrowser
            ? 'The case is open in the browser window.'
            : 'The case is open; no browser was started.',
      );
    }
    await new Promise<void>((stop) => {
      if (signal.aborted) stop();
      signal.addEventListener(
        'abort',
        () => {
          stop();
        },
        { once: true },
      );
      process.once('SIGTERM', () => {
        stop();
      });
    });
  } finally {
    await host.close();
    await workbench.close();
  }
  return exitCode.done;
}

/** The desktop binary, where `npm` could fetch it. */
function electronBinary(root: string): string | undefined {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined) return join(given, 'electron');
  const marker = join(root, 'node_modules/electron/path.txt');
  if (!existsSync(marker)) return undefined;
  const binary = join(root, 'node_modules/electron/dist', readFileSync(marker, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** `spoor open [CASE|PATH…]`: the desktop app, or the browser where Electron cannot start. */
export async function openCommand(args: Arguments): Promise<number> {
  const root = packageRoot();
  const binary = electronBinary(root);
  if (binary === undefined) {
    const why = args.why ?? 'Electron’s binary is not installed here';
    complain(`${why}; the same workbench opens in the local browser.`);
    return serveCommand({ ...args, why });
  }
  // A window is not handed a passphrase by whoever starts it: it asks.
  if (args.passphraseFiles.length > 0)
    throw new AppError('bad-params', 'the desktop app asks for the passphrase itself; leave --passphrase-file out');
  const child = spawn(binary, [root, ...args.positionals.map((path) => resolve(path))], { stdio: 'inherit' });
  return new Promise((done, reject) => {
    child.on('exit', (code) => {
      done(code ?? exitCode.bug);
    });
    child.on('error', (cause) => {
      reject(new AppError('unavailable', `Electron could not start: ${cause.message}`, {}, { cause }));
    });
  });
}
