import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShutIn, canTrace, readTrace, whyNoNetworkTrap } from './trap.ts';

/**
 * `npm run no-network -- --idle SECONDS`: the workbench on the sample, open in a browser that nobody touches for so long, in a network
 * that has nothing but 127.0.0.1: the kernel counts packets, the server is under a trace. In the page the clock then jumps a day
 * ahead, so that what waits for hours there fires as well.
 * Exit code: 0 when nothing was tried; 3 when this machine cannot run it.
 */
const [seconds = '60'] = process.argv.slice(2);
const why = whyNoNetworkTrap();
if (why !== undefined) {
  console.log(`no network, idle: not run, ${why}`);
  process.exit(3);
}
const folder = mkdtempSync(join(tmpdir(), 'spoor-idle-'));
try {
  const log = canTrace() ? join(folder, 'trace') : '';
  const command = [process.execPath, join(import.meta.dirname, 'idle-window.ts'), seconds, log];
  const { code, output, unroutable } = await runShutIn(command, { trace: false, loopback: true });
  const attempts = log === '' ? [] : readTrace(log);
  if (code !== 0) console.log(output);
  for (const attempt of attempts) console.log(attempt);
  const waited = /idle for (\d+) s, then a day of the page's clock/.exec(output)?.[0] ?? 'the window failed';
  console.log(`no network, ${waited}: ${String(attempts.length)} attempts, ${String(unroutable)} packets without a way`);
  process.exitCode = code === 0 && attempts.length === 0 && unroutable === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
