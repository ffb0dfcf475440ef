import { rmSync, statSync } from 'node:fs';

import { runProcess, type ProcessRun } from './measure.ts';
import { SPOOR } from './places.ts';

/** Runs the built command line. */
export const runSpoor = (...args: readonly string[]): Promise<ProcessRun> => runProcess(process.execPath, [SPOOR, ...args]);

/** Imports a file into a case that is new, with further words of the command line. Errors: Error when it did not take every record. */
export async function importWithSpoor(casePath: string, file: string, ...words: readonly string[]): Promise<ProcessRun> {
  removeCase(casePath);
  const run = await runSpoor('import', casePath, file, '--json', '--quiet', ...words);
  const { totals } = JSON.parse(run.output) as { readonly totals: { readonly records: number; readonly accepted: number } };
  if (totals.accepted !== totals.records)
    throw new Error(`${file}: ${String(totals.accepted)} of ${String(totals.records)} records were accepted`);
  return run;
}

/** Removes a case and what SQLite keeps beside it. */
export function removeCase(casePath: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(casePath + ending, { force: true });
}

/** Size on disk. Units: bytes. */
export const sizeOf = (path: string): number => statSync(path).size;
