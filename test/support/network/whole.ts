import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import importSample from '../sample-case.ts';
import { canTrace, readTrace, runShutIn, whyNoNetworkTrap } from './trap.ts';

/**
 * `npm run no-network [-- --all | --shard I/N | SPEC…]`: end-to-end flows in a network that has nothing but 127.0.0.1, browsers and all; by
 * default every one. Each file of flows has a network of its own, so that what is counted has a name. The kernel counts what anybody
 * wanted to send; every server is under a trace of what it connects to and sends. (Chromium does not start under one.) First a program
 * that calls home, which must be caught; else the trap proves nothing.
 * Exit code: 0 when all flows passed and nothing was tried; 3 when this machine cannot run it.
 */
const root = join(import.meta.dirname, '../../..');
const playwright = join(root, 'node_modules/@playwright/test/cli.js');

/** Files of flows that the words choose. Shape: words are parts of names; a shard takes every Nth file from the Ith on. */
function chosenSpecs(words: readonly string[]): readonly string[] {
  const specs = readdirSync(join(root, 'test/e2e'))
    .filter((name) => name.endsWith('.spec.ts'))
    .sort();
  const shard = words.indexOf('--shard');
  if (shard >= 0) {
    const [index = 1, count = 1] = (words[shard + 1] ?? '').split('/').map(Number);
    return specs.filter((_, place) => place % count === index - 1);
  }
  const parts = words.filter((word) => word !== '--all');
  return parts.length === 0 ? specs : specs.filter((name) => parts.some((part) => `test/e2e/${name}`.includes(part)));
}

/** What one file of flows came to. */
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly servers: number;
  /** Lines of the traces of servers. */
  readonly tried: readonly string[];
  readonly packets: number;
}

const numberBefore = (word: string, text: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);

async function runSpec(spec: string): Promise<Outcome> {
  const traces = mkdtempSync(join(tmpdir(), 'spoor-traces-'));
  try {
    const words = [playwright, 'test', `test/e2e/${spec}`, '--reporter=line'];
    const flows = await runShutIn([process.execPath, ...words], { trace: false, loopback: true, env: { SPOOR_TRACES: traces } });
    const failed = numberBefore('failed', flows.output) + (flows.code === 0 ? 0 : Number(!/\d+ failed/.test(flows.output)));
    if (failed > 0) console.log(flows.output);
    const servers = readdirSync(traces);
    const tried = servers.flatMap((name) => readTrace(join(traces, name)));
    return { passed: numberBefore('passed', flows.output), failed, servers: servers.length, tried, packets: flows.unroutable };
  } finally {
    rmSync(traces, { recursive: true });
  }
}

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

const forget = await importSample(); // once, not for each file
const outcomes: Outcome[] = [];
for (const spec of chosenSpecs(process.argv.slice(2))) {
  const outcome = await runSpec(spec);
  outcomes.push(outcome);
  for (const line of outcome.tried) console.log(line);
  console.log(
    `${spec}: ${String(outcome.passed)} passed, ${String(outcome.failed)} failed; ${String(outcome.tried.length)} attempts of ${String(outcome.servers)} servers, ${String(outcome.packets)} packets`,
  );
}
forget();
const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
const servers = sum((outcome) => outcome.servers);
const tried = sum((outcome) => outcome.tried.length);
const packets = sum((outcome) => outcome.packets);
const [passed, failed] = [sum((outcome) => outcome.passed), sum((outcome) => outcome.failed)];
const attempts = trace
  ? `${String(tried)} attempts of ${String(servers)} servers`
  : 'attempts not traced, there is no strace that works here';
console.log(
  `no network, end to end: ${String(passed)} flows of ${String(outcomes.length)} files passed, ${String(failed)} failed; ${attempts}, ${String(packets)} packets without a way; the control was ${isCaught ? 'caught' : 'MISSED'}`,
);
const isClean = packets === 0 && tried === 0;
process.exitCode = passed > 0 && failed === 0 && isClean && isCaught ? 0 : 1;
