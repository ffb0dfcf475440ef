import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canTrace, readTrace, runShutIn, whyNoNetworkTrap } from './trap.ts';

/**
 * `npm run no-network [-- SPEC…]`: every end-to-end flow in a network that has nothing but 127.0.0.1, browsers and all. The kernel counts
 * what anybody wanted to send; every server is under a trace of what it connects to and sends. (Chromium does not start under one.) First a program that calls home, which must be caught; else the trap proves nothing.
 * Exit code: 0 when all flows passed and nothing was tried; 3 when this machine cannot run it.
 */
const root = join(import.meta.dirname, '../../..');
const why = whyNoNetworkTrap();
if (why !== undefined) {
  console.log(`no network, end to end: not run, ${why}`);
  process.exit(3);
}
const trace = canTrace();

const control = await runShutIn([process.execPath, join(import.meta.dirname, 'call-home.ts')], { trace, loopback: true });
const isCaught = control.unroutable > 0 && (control.traced ?? ['']).length > 0;
console.log(
  `control: a program that calls home: ${String(control.unroutable)} packets, ${trace ? String(control.traced?.length) : 'no'} lines of the trace`,
);

const playwright = join(root, 'node_modules/@playwright/test/cli.js');
const traces = mkdtempSync(join(tmpdir(), 'spoor-traces-'));
const flows = await runShutIn([process.execPath, playwright, 'test', '--reporter=list', ...process.argv.slice(2)], {
  trace: false,
  loopback: true,
  echo: true,
  env: { SPOOR_TRACES: traces },
});
const servers = readdirSync(traces);
const tried = servers.flatMap((name) => readTrace(join(traces, name)));
rmSync(traces, { recursive: true });
for (const line of tried) console.log(line);
const passed = /(\d+) passed/.exec(flows.output)?.[1] ?? '0';
const failed = /(\d+) failed/.exec(flows.output)?.[1] ?? '0';
const attempts = trace
  ? `${String(tried.length)} attempts of ${String(servers.length)} servers`
  : 'attempts not traced, there is no strace that works here';
console.log(
  `no network, end to end: ${passed} flows passed, ${failed} failed; ${attempts}, ${String(flows.unroutable)} packets without a way; the control was ${isCaught ? 'caught' : 'MISSED'}`,
);
const isClean = flows.unroutable === 0 && tried.length === 0 && (!trace || servers.length > 0);
process.exitCode = flows.code === 0 && isClean && isCaught ? 0 : 1;
