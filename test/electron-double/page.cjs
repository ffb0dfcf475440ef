'use strict';
// Source injected into every main frame. `bridge` runs in both worlds; `isolated` hosts the real,
// unmodified preload bundle in a genuine Chromium isolated world (so contextIsolation is real).
function bridge(inEvent, outEvent) {
  const fns = new Map(),
    ids = new WeakMap(),
    rets = new Map(),
    waits = new Map();
  let seq = 0;
  const post = (d) => window.dispatchEvent(new CustomEvent(outEvent, { detail: d }));
  const plain = (v) => {
    const p = Object.getPrototypeOf(v);
    return p === Object.prototype || p === null;
  };
  const toSpec = (v) => {
    if (typeof v === 'function') {
      let id = ids.get(v);
      if (!id) {
        id = ++seq;
        ids.set(v, id);
        fns.set(id, v);
      }
      return { f: id };
    }
    if (v instanceof Promise) {
      const p = ++seq;
      v.then(
        (x) => post({ op: 'settle', p, ok: toSpec(x) }),
        (e) => post({ op: 'settle', p, err: String(e?.message ?? e), name: e?.name }),
      );
      return { p };
    }
    if (Array.isArray(v)) return { a: v.map(toSpec) };
    if (v instanceof Error) return { e: v.message, n: v.name };
    if (v && typeof v === 'object' && plain(v)) return { o: Object.entries(v).map(([k, x]) => [k, toSpec(x)]) };
    return { v: structuredClone(v) }; // throws DataCloneError for what may not cross, as contextBridge does
  };
  const makeError = (m, n) => new ({ TypeError, RangeError, SyntaxError }[n] ?? Error)(m);
  const fromSpec = (s) => {
    if ('f' in s)
      return (...args) => {
        const n = ++seq;
        post({ op: 'call', id: s.f, n, args: args.map(toSpec) });
        const r = rets.get(n);
        rets.delete(n);
        if (!r) throw new Error('contextBridge: no answer from the other world');
        if ('err' in r) throw makeError(r.err, r.name);
        return fromSpec(r.ok);
      };
    if ('p' in s) return new Promise((ok, no) => waits.set(s.p, { ok, no }));
    if ('a' in s) return s.a.map(fromSpec);
    if ('e' in s) return makeError(s.e, s.n);
    if ('o' in s) return Object.fromEntries(s.o.map(([k, x]) => [k, fromSpec(x)]));
    return s.v;
  };
  const deepFreeze = (o) => {
    if (o && typeof o === 'object') {
      Object.values(o).forEach(deepFreeze);
      Object.freeze(o);
    }
    return o;
  };
  window.addEventListener(inEvent, (e) => {
    const d = e.detail;
    if (!d) return;
    if (d.op === 'ret') rets.set(d.n, d.r);
    else if (d.op === 'settle') {
      const w = waits.get(d.p);
      waits.delete(d.p);
      if ('err' in d) w?.no(makeError(d.err, d.name));
      else w?.ok(fromSpec(d.ok));
    } else if (d.op === 'expose') Object.defineProperty(window, d.key, { value: deepFreeze(fromSpec(d.spec)), enumerable: true });
    else if (d.op === 'call') {
      let r;
      try {
        r = { ok: toSpec(fns.get(d.id)(...d.args.map(fromSpec))) };
      } catch (x) {
        r = { err: String(x?.message ?? x), name: x?.name };
      }
      post({ op: 'ret', n: d.n, r });
    }
  });
  return { expose: (key, api) => post({ op: 'expose', key, spec: toSpec(api) }) };
}

function isolated(cfg, link, codec, sendRaw) {
  const g = globalThis,
    pending = new Map(),
    ports = new Map(),
    listeners = new Map();
  let seq = 0,
    sync = null;
  const send = (m) => sendRaw(JSON.stringify(m));
  const callSync = (request, subject) => {
    sync = { request, subject, reply: undefined };
    debugger; // eslint-disable-line no-debugger -- the stand-in answers while the page stands here
    const r = sync.reply;
    sync = null;
    if (r === undefined) throw new Error('sync call not answered');
    return r;
  };
  const adopt = (port) => {
    const id = `p${cfg.nonce}-${++seq}`;
    ports.set(id, port);
    port.onmessage = (e) => send({ t: 'port', id, data: codec.enc(e.data) });
    return id;
  };
  const ipc = {
    on(ch, fn) {
      listeners.set(ch, [...(listeners.get(ch) ?? []), fn]);
      return ipc;
    },
    once(ch, fn) {
      const w = (...a) => {
        ipc.off(ch, w);
        fn(...a);
      };
      return ipc.on(ch, w);
    },
    off(ch, fn) {
      listeners.set(
        ch,
        (listeners.get(ch) ?? []).filter((f) => f !== fn),
      );
      return ipc;
    },
    removeAllListeners(ch) {
      if (ch === undefined) listeners.clear();
      else listeners.delete(ch);
      return ipc;
    },
    listenerCount: (ch) => (listeners.get(ch) ?? []).length,
    send: (ch, ...args) => send({ t: 'send', ch, args: codec.enc(args) }),
    sendSync: (ch, ...args) => codec.dec(callSync({ op: 'ipc', ch, args: codec.enc(args) })),
    invoke(ch, ...args) {
      const id = ++seq;
      const p = new Promise((ok, no) => pending.set(id, { ok, no }));
      send({ t: 'invoke', id, ch, args: codec.enc(args) });
      return p;
    },
    postMessage: (ch, message, transfer = []) => send({ t: 'post', ch, message: codec.enc(message), ports: transfer.map(adopt) }),
  };
  ipc.addListener = ipc.on;
  ipc.removeListener = ipc.off;
  g.__edoubleReceive = (json) => {
    const m = JSON.parse(json);
    if (m.t === 'reply') {
      const w = pending.get(m.id);
      pending.delete(m.id);
      if (m.err) w.no(new Error(m.err));
      else w.ok(codec.dec(m.value));
    } else if (m.t === 'port') ports.get(m.id)?.postMessage(codec.dec(m.data));
    else if (m.t === 'event') {
      const given = (m.ports ?? []).map((id) => {
        const c = new MessageChannel();
        ports.set(id, c.port2);
        c.port2.onmessage = (e) => send({ t: 'port', id, data: codec.enc(e.data) });
        return c.port1;
      });
      for (const fn of listeners.get(m.ch) ?? []) fn({ sender: ipc, senderId: 0, ports: given }, ...codec.dec(m.args));
    }
  };
  g.__edoubleSync = () => sync; // read by the double while the page stands at the debugger statement
  const electron = {
    ipcRenderer: ipc,
    contextBridge: {
      exposeInMainWorld: (key, api) => {
        if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
        link.expose(key, api);
      },
    },
    webUtils: {
      getPathForFile: (file) => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile expected to receive a File');
        return codec.dec(callSync({ op: 'path' }, file));
      },
    },
    webFrame: { setZoomFactor() {}, setZoomLevel() {}, getZoomFactor: () => 1, getZoomLevel: () => 0 },
  };
  const require = (id) => {
    if (/^electron(\/(renderer|common))?$/.test(id)) return electron;
    throw new Error(`module not found: ${id} (a sandboxed preload may require only "electron")`);
  };
  return { require, process: { ...cfg.process } };
}
module.exports = { bridge, isolated };
