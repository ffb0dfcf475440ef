import { spawn } from 'node:child_process';

import { watchMemory } from './process-memory.ts';

/** What one process cost, from its start to its end. */
export interface ProcessRun {
  /** Units: ms. */
  readonly wall: number;
  /** Highest resident memory of the process and its children together. Units: bytes. */
  readonly peak: number;
  readonly output: string;
}

/** Runs a program to its end. Errors: Error with what it said when it does not end with 0. */
export function runProcess(program: string, args: readonly string[]): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const memory = child.pid === undefined ? undefined : watchMemory(child.pid);
    let output = '';
    let complaint = '';
    child.stdout.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      complaint += piece.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const wall = performance.now() - started;
      const peak = memory?.stop() ?? 0;
      if (code === 0) resolve({ wall, peak, output });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${String(code)}: ${complaint.trim().slice(-2000)}`));
    });
  });
}

/** Runs something several times, one after the other. */
export async function repeat<T>(times: number, task: (run: number) => Promise<T> | T): Promise<readonly T[]> {
  const results: T[] = [];
  for (let run = 0; run < times; run += 1) results.push(await task(run));
  return results;
}
