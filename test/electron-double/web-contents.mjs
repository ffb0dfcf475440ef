// `webContents`: one page of Chromium, with the app's real preload in a genuine isolated world.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { app } from './app.mjs';
import { IpcMain, ipcMain, PortHub } from './ipc.mjs';
import { codec, pageScripts, WORLD } from './page-scripts.mjs';
import { schemes, session, toApp, toReal } from './session.mjs';
import { nativeTheme } from './native-theme.mjs';
import { cancelable, readyGate, state } from './state.mjs';

/** Settings that open a window to its page; the stand-in refuses them. */
const UNSAFE = [
  ['contextIsolation', false],
  ['nodeIntegration', true],
  ['nodeIntegrationInWorker', true],
  ['nodeIntegrationInSubFrames', true],
  ['sandbox', false],
  ['webSecurity', false],
  ['allowRunningInsecureContent', true],
  ['experimentalFeatures', true],
  ['webviewTag', true],
];

/** What Electron assumes where a window says nothing. */
const SAFE_DEFAULTS = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: true,
};

export class WebContents extends EventEmitter {
  static _all = [];
  static _next = 1;
  constructor(owner, prefs, size) {
    super();
    const unsafe = UNSAFE.find(([name, value]) => prefs[name] === value);
    if (unsafe) throw new Error(`electron-double: a window with ${unsafe[0]}: ${unsafe[1]} is not supported, and not safe`);
    Object.assign(this, {
      id: WebContents._next++,
      _owner: owner,
      _prefs: prefs,
      _url: '',
      _title: '',
      _destroyed: false,
      _nonce: randomUUID().slice(0, 8),
      session: session.defaultSession,
      ipc: new IpcMain(),
    });
    this._ports = new PortHub((id, data) => this._toPage({ t: 'port', id, data: codec.enc(data) }));
    WebContents._all.push(this);
    app.emit('web-contents-created', {}, this);
    this._init = readyGate.promise.then(() => this._open(size));
    this._init.catch((e) => {
      if (!this._destroyed) console.error('electron-double:', e);
    });
  }
  _readPreload() {
    const file = this._prefs.preload;
    if (!file) return '';
    if (/\.mjs$/.test(file)) console.error('electron-double: a sandboxed preload cannot be an ES module:', file);
    try {
      return fs.readFileSync(file, 'utf8');
    } catch (e) {
      console.error(`Unable to load preload script: ${file}\n`, e);
      this.emit('preload-error', {}, file, e);
      return '';
    }
  }
  async _open({ width, height }) {
    this._targetId = (await state.cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })).targetId;
    const { sessionId } = await state.cdp.send('Target.attachToTarget', { targetId: this._targetId, flatten: true });
    this._session = sessionId;
    state.cdp.on(sessionId, (m, p) => this._event(m, p));
    this._cdp = (m, p) => state.cdp.send(m, p, sessionId);
    const scripts = pageScripts(this._nonce, this._readPreload());
    for (const [m, p] of [
      ['Page.enable'],
      ['Runtime.enable'],
      ['Debugger.enable'],
      ['DOM.enable'],
      ['Runtime.addBinding', { name: '__edoubleSend', executionContextName: WORLD }],
      ['Page.addScriptToEvaluateOnNewDocument', { source: scripts.main }],
      ['Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName: WORLD }],
      ['Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }],
      [
        'Emulation.setEmulatedMedia',
        { features: [{ name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' }] },
      ],
      ...(this._prefs.javascript === false ? [['Emulation.setScriptExecutionDisabled', { value: true }]] : []),
      ['Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }],
    ])
      await this._cdp(m, p);
    this._frameId = (await this._cdp('Page.getFrameTree')).frameTree.frame.id;
  }
  _event(m, p) {
    if (m === 'Runtime.executionContextCreated') {
      if (p.context.name === WORLD && p.context.auxData?.frameId === this._frameId) this._context = p.context.id;
    } else if (m === 'Runtime.executionContextsCleared') this._context = undefined;
    else if (m === 'Runtime.bindingCalled') this._fromPage(JSON.parse(p.payload)).catch((e) => console.error(e));
    else if (m === 'Debugger.paused')
      this._paused(p).catch((e) => {
        if (!this._destroyed) console.error(e);
      });
    else if (m === 'Fetch.requestPaused') this._request(p).catch(() => {});
    else if (m === 'Page.frameNavigated' && !p.frame.parentId) {
      this._url = toApp(p.frame.url);
      this.emit('did-navigate', {}, this._url, 200, 'OK');
    } else if (m === 'Page.navigatedWithinDocument' && p.frameId === this._frameId) {
      this._url = toApp(p.url);
      this.emit('did-navigate-in-page', {}, this._url, true);
    } else if (m === 'Page.domContentEventFired') this.emit('dom-ready', {});
    else if (m === 'Page.loadEventFired') {
      this.emit('did-finish-load', {});
      this._owner._firstPaint();
    } else if (m === 'Inspector.targetCrashed') this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    else if (m === 'Runtime.consoleAPICalled')
      this.emit('console-message', { level: p.type, message: p.args.map((x) => x.value ?? x.description).join(' ') });
  }
  get mainFrame() {
    return {
      url: this._url,
      origin: this._url.startsWith('file:') ? 'null' : safeOrigin(this._url),
      parent: null,
      top: null,
      routingId: 1,
      processId: 1,
      frameToken: this._frameId,
    };
  }
  _ipcEvent(extra) {
    return { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: 1, type: 'frame', ...extra };
  }
  async _fromPage(m) {
    if (m.t === 'preload-error') {
      console.error(`Unable to load preload script: ${this._prefs.preload}\n${m.message}`);
      this.emit('preload-error', {}, this._prefs.preload, new Error(m.message));
    } else if (m.t === 'port') this._ports.message(m.id, codec.dec(m.data));
    else if (m.t === 'open') this._popup(m);
    else if (m.t === 'send') {
      const e = this._ipcEvent({ ports: [], reply: (...a) => this.send(...a) }),
        a = codec.dec(m.args);
      this.emit('ipc-message', e, m.ch, ...a);
      this.ipc.emit(m.ch, e, ...a);
      ipcMain.emit(m.ch, e, ...a);
    } else if (m.t === 'post')
      ipcMain.emit(m.ch, this._ipcEvent({ ports: m.ports.map((id) => this._ports.take(id)) }), codec.dec(m.message));
    else if (m.t === 'invoke') {
      const context = this._context,
        fn = this.ipc._handlers.get(m.ch) ?? ipcMain._handlers.get(m.ch);
      let out;
      try {
        if (!fn) throw new Error(`No handler registered for '${m.ch}'`);
        out = { value: codec.enc(await fn(this._ipcEvent(), ...codec.dec(m.args))) };
      } catch (e) {
        console.error(`Error occurred in handler for '${m.ch}':`, e);
        out = {
          err: `Error invoking remote method '${m.ch}': ${e?.name === 'DataCloneError' ? 'Error: An object could not be cloned.' : e}`,
        };
      }
      if (context === this._context) this._toPage({ t: 'reply', id: m.id, ...out });
    }
  }
  async _paused(p) {
    // the page stands at the `debugger` of callSync: answer, then let it run on
    const callFrameId = p.callFrames[0]?.callFrameId,
      at = (expression, more) => this._cdp('Debugger.evaluateOnCallFrame', { callFrameId, expression, ...more });
    try {
      const { result } = await at('typeof __edoubleSync==="function"&&__edoubleSync()?JSON.stringify(__edoubleSync().request):""', {
        returnByValue: true,
      });
      if (!result.value) return;
      const q = JSON.parse(result.value);
      let reply;
      if (q.op === 'path')
        reply = (await this._cdp('DOM.getFileInfo', { objectId: (await at('__edoubleSync().subject')).result.objectId })).path;
      else
        reply = await new Promise((ok) => {
          const e = this._ipcEvent({ ports: [] });
          Object.defineProperty(e, 'returnValue', { set: ok });
          if (!ipcMain.emit(q.ch, e, ...codec.dec(q.args))) ok(null);
        });
      await at(`void(__edoubleSync().reply=${JSON.stringify(codec.enc(reply))})`);
    } finally {
      await this._cdp('Debugger.resume');
    }
  }
  async _request(p) {
    const url = toApp(p.request.url),
      done = (m, x) => this._cdp(m, { requestId: p.requestId, ...x });
    const top = p.resourceType === 'Document' && p.frameId === this._frameId;
    if (top && p.request.url !== this._expected) {
      const e = cancelable({ url });
      this.emit('will-navigate', e, url);
      if (e.defaultPrevented) return done('Fetch.failRequest', { errorReason: 'Aborted' });
    }
    const gate = this.session.webRequest._before;
    if (gate) {
      const r = await new Promise((ok) =>
        gate(
          {
            id: p.requestId,
            url,
            method: p.request.method,
            resourceType: top ? 'mainFrame' : p.resourceType.toLowerCase(),
            webContentsId: this.id,
          },
          ok,
        ),
      );
      if (r?.cancel) return done('Fetch.failRequest', { errorReason: 'BlockedByClient' });
    }
    const handler = schemes.get(url.split(':')[0]);
    if (!handler) return done('Fetch.continueRequest');
    const res = await handler(new Request(url, { method: p.request.method, headers: p.request.headers }));
    return done('Fetch.fulfillRequest', {
      responseCode: res.status,
      responseHeaders: [...res.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await res.arrayBuffer()).toString('base64'),
    });
  }
  _popup(p) {
    const r = this._onOpen?.({
      url: toApp(p.url),
      frameName: p.name,
      features: p.features,
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    }) ?? { action: 'allow' };
    if (r.action !== 'deny') console.error('electron-double: child windows are not modelled, denied:', p.url);
  }
  _toPage(m) {
    if (this._context === undefined || this._destroyed) return;
    void this._cdp('Runtime.evaluate', {
      expression: `__edoubleReceive(${JSON.stringify(JSON.stringify(m))})`,
      contextId: this._context,
    }).catch(() => {});
  }
  _gone() {
    if (this._destroyed) return;
    this._destroyed = true;
    WebContents._all.splice(WebContents._all.indexOf(this), 1);
    state.cdp.off(this._session);
    this._ports.closeAll();
    this.emit('destroyed');
    this._owner._afterGone();
  }
  async _load(url) {
    await this._init;
    const loaded = new Promise((ok) => this.once('did-finish-load', ok));
    this._expected = new URL(toReal(url)).href.replace(/#.*/, '');
    const r = await this._cdp('Page.navigate', { url: toReal(url) });
    if (r.errorText) {
      const e = Object.assign(new Error(`${r.errorText} loading '${url}'`), { code: r.errorText.replace('net::', ''), url });
      this.emit('did-fail-load', {}, -1, r.errorText, url, true);
      throw e;
    }
    await loaded;
  }
  loadURL(url) {
    return this._load(url);
  }
  send(ch, ...args) {
    this._toPage({ t: 'event', ch, args: codec.enc(args) });
  }
  postMessage(ch, message, transfer = []) {
    this._toPage({ t: 'event', ch, args: codec.enc([message]), ports: transfer.map((p) => this._ports.give(p)) });
  }
  setWindowOpenHandler(fn) {
    this._onOpen = fn;
  }
  getLastWebPreferences() {
    return { ...SAFE_DEFAULTS, ...this._prefs };
  }
  getURL() {
    return this._url;
  }
  getTitle() {
    return this._owner.getTitle();
  }
  isDestroyed() {
    return this._destroyed;
  }
  reload() {
    void this._cdp('Page.reload');
  }
  close() {
    this._owner.close();
  }
  async executeJavaScript(code) {
    await this._init;
    const r = await this._cdp('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true });
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description ?? r.exceptionDetails.text);
    return r.result.value;
  }
  async printToPDF(o = {}) {
    const size =
        typeof o.pageSize === 'object'
          ? o.pageSize
          : {
              A3: { width: 11.7, height: 16.54 },
              A4: { width: 8.27, height: 11.7 },
              A5: { width: 5.83, height: 8.27 },
              Letter: { width: 8.5, height: 11 },
              Legal: { width: 8.5, height: 14 },
              Tabloid: { width: 11, height: 17 },
            }[o.pageSize ?? 'Letter'],
      m = o.margins ?? {};
    const r = await this._cdp('Page.printToPDF', {
      landscape: o.landscape,
      displayHeaderFooter: o.displayHeaderFooter,
      printBackground: o.printBackground,
      scale: o.scale,
      paperWidth: size.width,
      paperHeight: size.height,
      marginTop: m.top,
      marginBottom: m.bottom,
      marginLeft: m.left,
      marginRight: m.right,
      pageRanges: o.pageRanges,
      headerTemplate: o.headerTemplate,
      footerTemplate: o.footerTemplate,
      preferCSSPageSize: o.preferCSSPageSize,
      generateTaggedPDF: o.generateTaggedPDF,
      generateDocumentOutline: o.generateDocumentOutline,
    });
    return Buffer.from(r.data, 'base64');
  }
}
const safeOrigin = (u) => {
  try {
    const x = new URL(u);
    return x.origin === 'null' ? `${x.protocol}//${x.host}` : x.origin;
  } catch {
    return 'null';
  }
};
export const webContents = {
  getAllWebContents: () => [...WebContents._all],
  fromId: (id) => WebContents._all.find((w) => w.id === id),
  getFocusedWebContents: () => WebContents._all.at(-1) ?? null,
  fromDevToolsTargetId: (t) => WebContents._all.find((w) => w._targetId === t),
};
