'use strict';
// Preloaded into a forked utility process: process.parentPort over Node's IPC channel.
const { EventEmitter } = require('node:events');
const { MessageChannel } = require('node:worker_threads');
const ports = new Map();
const wrap = (raw) => {
  const p = new EventEmitter();
  raw.on('message', (data) => p.emit('message', { data, ports: [] }));
  raw.on('close', () => p.emit('close'));
  return Object.assign(p, { raw, start: () => raw.start(), close: () => raw.close(), postMessage: (m) => raw.postMessage(m) });
};
const open = (id) => {
  const c = new MessageChannel();
  c.port2.on('message', (data) => process.send({ port: id, data }));
  ports.set(id, c.port2);
  return wrap(c.port1);
};
const parentPort = new EventEmitter();
parentPort.start = () => {};
parentPort.postMessage = (data) => process.send({ data });
const backlog = [];
process.on('message', (m) => {
  if (m.port) ports.get(m.port)?.postMessage(m.data);
  else if (parentPort.listenerCount('message') === 0) backlog.push(m);
  else parentPort.emit('message', { data: m.data, ports: m.ports.map(open) });
});
parentPort.on('newListener', (n) => {
  if (n === 'message')
    setImmediate(() => {
      for (const m of backlog.splice(0)) parentPort.emit('message', { data: m.data, ports: m.ports.map(open) });
    });
});
Object.assign(process, { parentPort, type: 'utility' });
