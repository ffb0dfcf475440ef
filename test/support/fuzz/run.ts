import { fork } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { currentPath, keepCrash } from './files.ts';
import { fuzzTargets } from './targets/index.ts';
import { HANG } from './try-input.ts';

/**
 * `npm run fuzz [-- SECONDS [SEED [TARGET…]]]`: changes valid inputs for that long, the time shared by all targets, and exits with 1 when
 * one crashed, hung or took too much memory. A target may be named by its beginning: `import-`, `query`.
 */
const [seconds = '180', seed = String(Date.now()), ...wanted] = process.argv.slice(2);
/** How often the run looks whether a process goes on. Units: ms. */
const LOOK = 1000;
/** Loading the engine, and targets that make a case first. Units: ms. */
const START = 30_000;
/** Memory of one process; more is a crash. Units: MB. */
const MOST_HEAP = 1024;

type Message =
  { readonly crash: string; readonly why: string } | { readonly done: string; readonly tries: number; readonly crashes: number };

const targets = fuzzTargets.map(({ id }) => id).filter((id) => wanted.length === 0 || wanted.some((start) => id.startsWith(start)));
const share = Math.ceil((Number(seconds) * 1000) / Math.max(1, targets.length));
let tries = 0;
/** Those of them that were case files, plain or encrypted. */
let caseFiles = 0;
let crashes = 0;

function report(path: string, why: string): void {
  crashes += 1;
  process.stdout.write(`CRASH ${path}\n${why.split('\n').slice(0, 6).join('\n')}\n`);
}

/** Runs a process over the targets that are left; gives those that it did not come to. */
function runChild(ids: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const current = currentPath();
    rmSync(current, { force: true });
    const child = fork(join(import.meta.dirname, 'child.ts'), [seed, String(share), current, ...ids], {
      execArgv: [`--max-old-space-size=${String(MOST_HEAP)}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const left = [...ids];
    let hung = '';
    const started = Date.now();
    const watch = setInterval(() => {
      const lastTry = statSync(current, { throwIfNoEntry: false })?.mtimeMs ?? started + START;
      if (Date.now() - lastTry < HANG * 2) return;
      hung = `no answer for ${String(HANG * 2)} ms`;
      child.kill('SIGKILL');
    }, LOOK);
    child.on('message', (message: Message) => {
      if ('crash' in message) report(message.crash, message.why);
      else {
        tries += message.tries;
        if (message.done.endsWith('-case') || message.done === 'case-file') caseFiles += message.tries;
        left.shift();
      }
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      const failed = left.shift();
      if (failed !== undefined)
        report(keepCrash(failed, readFileSync(current), hung), hung || `the process ended with ${String(code ?? signal)}`);
      rmSync(current, { force: true });
      resolve(left);
    });
  });
}

const started = performance.now();
for (let left: readonly string[] = targets; left.length > 0;) left = await runChild(left);
const took = Math.round((performance.now() - started) / 1000);
process.stdout.write(
  `${String(tries)} inputs over ${String(targets.length)} targets in ${String(took)} s, seed ${seed}: ${String(crashes)} crashes; case files: ${String(caseFiles)}\n`,
);
process.exitCode = crashes === 0 ? 0 : 1;
