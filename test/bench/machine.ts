import { cpus, freemem, loadavg, platform, release, totalmem } from 'node:os';

import { sayBytes } from './statistics.ts';

/** One line about the machine: numbers mean nothing without it. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = loadavg()[0] ?? 0;
  return `${String(cpus().length)} cores (${model}), ${sayBytes(totalmem())} memory, ${sayBytes(freemem())} free, load ${load.toFixed(1)}, ${platform()} ${release()}, Node ${process.versions.node}`;
}
