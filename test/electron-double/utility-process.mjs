// `utilityProcess`: a child process of Node with `process.parentPort`.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { PortHub } from './ipc.mjs';

export const utilityProcess = {
  fork(file, args = [], o = {}) {
    const child = fork(file, args, {
      execArgv: ['-r', path.join(import.meta.dirname, 'utility.cjs'), ...(o.execArgv ?? [])],
      env: o.env ?? process.env,
      cwd: o.cwd,
      serialization: 'advanced',
      silent: o.stdio === 'pipe',
    });
    const hub = new PortHub((id, data) => child.connected && child.send({ port: id, data }));
    const p = Object.assign(new EventEmitter(), {
      stdout: child.stdout,
      stderr: child.stderr,
      postMessage: (data, transfer = []) => child.connected && child.send({ data, ports: transfer.map((t) => hub.give(t)) }),
      kill: () => child.kill(),
    });
    Object.defineProperty(p, 'pid', { get: () => child.pid });
    child.on('spawn', () => p.emit('spawn'));
    child.on('exit', (c, s) => p.emit('exit', c ?? (s ? 1 : 0)));
    child.on('message', (m) => (m.port ? hub.message(m.port, m.data) : p.emit('message', m.data)));
    return p;
  },
};
