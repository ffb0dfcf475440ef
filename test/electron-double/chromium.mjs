// Starts the app and the Chromium that shows its windows.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app } from './app.mjs';
import { Cdp } from './cdp.mjs';
import { readyGate, state, switches } from './state.mjs';
import { webContents } from './web-contents.mjs';

export async function boot({ dir, pkg, load }) {
  state.appInfo = { dir, pkg };
  process.on('exit', () => {
    state.chromium?.kill('SIGKILL');
  });
  for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => app.exit(0));
  try {
    await load();
  } catch (e) {
    console.error('App threw an error during load\n', e);
    app.exit(1);
  }
  await startChromium();
  state.ready = true;
  readyGate.resolve();
  app.emit('ready', {}, {});
}
async function startChromium() {
  const exe =
    process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((f) => fs.existsSync(f));
  if (!exe) throw new Error('electron-double: no Chromium found (set CHROMIUM_PATH)');
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-double-'));
  process.on('exit', () => fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  const port = app.commandLine.getSwitchValue('remote-debugging-port') || '0';
  const args = [
    '--headless=new',
    `--remote-debugging-port=${port}`,
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
    ...switches,
  ];
  if (process.getuid?.() === 0 || process.argv.includes('--no-sandbox')) args.push('--no-sandbox');
  const chromium = spawn(exe, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  state.chromium = chromium;
  const url = await new Promise((ok, no) => {
    let seen = '';
    chromium.stderr.on('data', (d) => {
      const m = (seen += d).match(/DevTools listening on (ws:\S+)/);
      if (m) ok(m[1]);
    });
    chromium.on('exit', (c) => {
      no(new Error('Chromium exited: ' + c + '\n' + seen));
      if (state.ready && !state.quitting) app.exit(1);
    });
  });
  const cdp = await Cdp.connect(url);
  state.cdp = cdp;
  cdp.on('', onBrowserEvent);
  await cdp.send('Target.setDiscoverTargets', { discover: true });
  process.stderr.write(`\nDevTools listening on ${url}\n`); // what Playwright's _electron.launch waits for
}
function onBrowserEvent(method, p) {
  if (method === 'Target.targetDestroyed') webContents.fromDevToolsTargetId(p.targetId)?._gone();
  if (method === 'Target.targetCreated' && p.targetInfo.openerId) {
    console.error('electron-double: a window escaped the handler:', p.targetInfo.url);
    setTimeout(() => void state.cdp.send('Target.closeTarget', { targetId: p.targetInfo.targetId }).catch(() => {}), 1500);
  }
}
