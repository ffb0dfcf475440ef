import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/** The environment for children: the fitting Node first on PATH, time zone and locale as given. */
export const childEnv = (node, extra = {}) => ({ ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...extra });

/**
 * Runs a program to its end with this process's input and output; gives its exit code.
 * `output: 'stderr'` keeps standard output clean for what the caller prints; `timeout` in ms ends the child.
 * An interrupt goes to the whole foreground group, so the child hears it by itself and decides how to end.
 */
export const run = (program, args, { env, cwd, output = 'inherit', timeout } = {}) =>
  new Promise((done, fail) => {
    const stdio = output === 'stderr' ? ['inherit', process.stderr, process.stderr] : 'inherit';
    const child = spawn(program, args, { env, cwd, stdio, timeout, killSignal: 'SIGKILL' });
    const wait = () => {};
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, wait);
    const pass = () => child.kill('SIGTERM');
    process.on('SIGTERM', pass);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      for (const each of ['SIGINT', 'SIGTERM']) process.off(each, wait);
      process.off('SIGTERM', pass);
      done(code ?? (signal === null ? 1 : 130));
    });
  });

/** Runs a program silently; gives exit code and everything it printed. `timeout` in ms. */
export const capture = (program, args, { env, cwd, timeout } = {}) =>
  new Promise((done, fail) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout, killSignal: 'SIGKILL' });
    let text = '';
    child.stdout.on('data', (piece) => (text += piece));
    child.stderr.on('data', (piece) => (text += piece));
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code: code ?? 1, text, timedOut: signal === 'SIGKILL' }));
  });
