// Smallest useful DevTools-protocol client (Node >= 22 has a global WebSocket).
export class Cdp {
  static async connect(url) {
    const ws = new WebSocket(url);
    await new Promise((ok, no) => {
      ws.onopen = ok;
      ws.onerror = () => no(new Error('cannot reach ' + url));
    });
    return new Cdp(ws);
  }
  constructor(ws) {
    this.ws = ws;
    this.seq = 0;
    this.waiting = new Map();
    this.listeners = new Map();
    ws.onmessage = (e) => {
      const m = JSON.parse(e.data);
      if (m.id) {
        const w = this.waiting.get(m.id);
        this.waiting.delete(m.id);
        if (m.error) w.no(new Error(`${w.method}: ${m.error.message}`));
        else w.ok(m.result);
      } else this.listeners.get(m.sessionId ?? '')?.(m.method, m.params);
    };
    ws.onclose = () => {
      for (const w of this.waiting.values()) w.no(new Error('browser gone'));
      this.onclose?.();
    };
  }
  on(sessionId, fn) {
    this.listeners.set(sessionId ?? '', fn);
  }
  off(sessionId) {
    this.listeners.delete(sessionId);
  }
  send(method, params = {}, sessionId) {
    if (this.ws.readyState !== 1) return Promise.reject(new Error('browser gone'));
    const id = ++this.seq;
    this.ws.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((ok, no) => this.waiting.set(id, { ok, no, method }));
  }
}
