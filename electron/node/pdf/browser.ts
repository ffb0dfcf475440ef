import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '#shared/contract/errors.ts';
import { openDevtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';
import { makeTempFolder } from '../temp-folder.ts';

/** Where the systems put Chromium and its kin. `CHROMIUM_PATH` goes first. */
const PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: the next place may have one.
    return false;
  }
};

/** Path of an installed Chromium, or `undefined`. */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  [...(env['CHROMIUM_PATH'] ? [env['CHROMIUM_PATH']] : []), ...PLACES].find(isExecutable);

/** Nothing of the user's, nothing from outside: no profile, extension, sync, update, look-up or proxy; no name resolves. */
const switches = (profile: string, sandbox: boolean): readonly string[] => [
  '--headless',
  '--remote-debugging-pipe',
  `--user-data-dir=${profile}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-client-side-phishing-detection',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=direct://',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--font-render-hinting=none',
  '--lang=en-US',
  '--password-store=basic',
  '--use-mock-keychain',
  ...(sandbox ? [] : ['--no-sandbox']),
  'about:blank',
];

/** A browser of our own: its DevTools and how to end it and all it left. */
export interface OwnBrowser {
  readonly devtools: DevtoolsPipe;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    // The group, since a wrapper script and helper processes stand between us and the browser.
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}

/**
 * Starts a headless Chromium with an empty profile that goes with it.
 * Errors: AppError `unavailable` when the program does not start.
 */
export async function startBrowser(path: string, sandbox: boolean): Promise<OwnBrowser> {
  const profile = makeTempFolder();
  const child = spawn(path, switches(profile, sandbox), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    // Zone and locale fixed, and a home that goes with the profile: the page must not depend on who prints it.
    env: {
      ...process.env,
      HOME: profile,
      XDG_CONFIG_HOME: profile,
      XDG_CACHE_HOME: profile,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const close = async (): Promise<void> => {
    endGroup(child);
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  // Chromium's pipe protocol: it reads commands from 3 and writes to 4; Node types these by position only.
  const devtools = openDevtoolsPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  try {
    await devtools.send('Browser.getVersion');
  } catch (cause) {
    await close();
    throw new AppError('unavailable', `${path} did not start: ${cause instanceof Error ? cause.message : String(cause)}`, {}, { cause });
  }
  return { devtools, ended, close };
}
