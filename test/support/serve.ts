import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { canTrace, tracedBy } from './network/trap.ts';

/** How long `spoor serve` may take to print its link on a busy machine. Units: ms. */
const START_PATIENCE = 30_000;
/** How long a small bundle may take to import and analyse. Units: ms. */
const OPEN_PATIENCE = 120_000;
/** How long it may take to close its case. Units: ms. */
const STOP_PATIENCE = 20_000;

const root = resolve(import.meta.dirname, '../..');

export interface Served {
  readonly pid: number;
  /** The link that was printed last; its token works once, so ask anew for every page. */
  readonly url: string;
  /** All that it has printed, which is its log. */
  readonly printed: () => string;
  /** Waits until the evidence it was started with is imported and analysed. */
  readonly opened: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const linksOf = (printed: string): readonly string[] =>
  [...printed.matchAll(/http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}/g)].map(([link]) => link);

/** A home of its own, beside the cases that it shall hold: as links, since copies of large ones take minutes. */
function makeHome(cases: readonly string[]): string {
  const [first] = cases;
  const home = mkdtempSync(join(first === undefined ? tmpdir() : dirname(first), 'spoor-home-'));
  mkdirSync(join(home, 'cases'));
  for (const path of cases) linkSync(path, join(home, 'cases', basename(path)));
  return home;
}

interface ServeOptions {
  /** A home that the caller keeps, in place of one that goes when the server stops. */
  readonly home?: string;
  /** Cases that a home of its own holds. */
  readonly cases?: readonly string[];
  /** Words in front of the command, such as those of a tracer. */
  readonly under?: readonly string[];
}

/** Where `npm run no-network` wants a trace of every server, one file each. */
const TRACES = process.env['SPOOR_TRACES'];
const traced = (): readonly string[] => (TRACES === undefined || !canTrace() ? [] : tracedBy(join(TRACES, randomUUID()), true));

/** Runs the built `spoor serve` on `paths`; the caller stops it. */
export async function startServe(
  paths: readonly string[] = [],
  { home: kept, cases = [], under = traced() }: ServeOptions = {},
): Promise<Served> {
  const home = kept ?? makeHome(cases);
  const [program = '', ...words] = [...under, process.execPath, join(root, 'out/cli/spoor.js'), 'serve', '--no-open', '--', ...paths];
  const child = spawn(program, words, {
    cwd: root,
    env: { ...process.env, SPOOR_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
  });
  let printed = '';
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => {
      fail(new Error(`spoor serve printed no link in ${START_PATIENCE / 1000} s:\n${printed}`));
    }, START_PATIENCE);
    const look = (piece: Buffer): void => {
      printed += piece.toString('utf8');
      if (linksOf(printed).length === 0) return;
      clearTimeout(timer);
      done();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`spoor serve ended with ${String(code)}:\n${printed}`));
    });
  });
  return {
    pid: child.pid ?? 0,
    get url() {
      return linksOf(printed).at(-1) ?? '';
    },
    printed: () => printed,
    async opened() {
      const until = Date.now() + OPEN_PATIENCE;
      while (!printed.includes('The case is open')) {
        if (Date.now() > until || child.exitCode !== null) throw new Error(`the evidence did not open:\n${printed}`);
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
      await gone;
      clearTimeout(timer);
      if (kept === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
