// `ipcMain` and message ports.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

export class IpcMain extends EventEmitter {
  _handlers = new Map();
  handle(ch, fn) {
    if (this._handlers.has(ch)) throw new Error(`Attempted to register a second handler for '${ch}'`);
    this._handlers.set(ch, fn);
  }
  handleOnce(ch, fn) {
    this.handle(ch, (...a) => {
      this.removeHandler(ch);
      return fn(...a);
    });
  }
  removeHandler(ch) {
    this._handlers.delete(ch);
  }
}
export const ipcMain = new IpcMain();

// ---------------------------------------------------------------- message ports
class MessagePortMain extends EventEmitter {
  constructor(raw) {
    super();
    this._raw = raw;
    this._started = false;
  }
  start() {
    if (this._started) return;
    this._started = true;
    this._raw.on('message', (data) => this.emit('message', { data, ports: [] }));
    this._raw.on('close', () => this.emit('close'));
  }
  postMessage(m, transfer = []) {
    if (transfer.length) throw new Error('electron-double: nested port transfer is not supported');
    this._raw.postMessage(m);
  }
  close() {
    this._raw.close();
  }
}
export class MessageChannelMain {
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}
export class PortHub {
  // keeps ports that were handed to another process and relays their traffic
  constructor(deliver) {
    this.deliver = deliver;
    this.ports = new Map();
  }
  give(port) {
    const id = randomUUID();
    this.ports.set(id, port._raw);
    port._raw.on('message', (data) => this.deliver(id, data));
    return id;
  }
  take(id) {
    const { port1, port2 } = new MessageChannelMain();
    this.ports.set(id, port2._raw);
    port2._raw.on('message', (data) => this.deliver(id, data));
    return port1;
  }
  message(id, data) {
    this.ports.get(id)?.postMessage(data);
  }
  /** The other process is gone: whoever holds the far end of a port hears it close. */
  closeAll() {
    for (const raw of this.ports.values()) raw.close();
    this.ports.clear();
  }
}
