import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { runProcess, type ProcessRun } from './measure.ts';
import { FETCHED, nodeFolder } from './places.ts';

/** What Spoor's import is compared with. Never a dependency: the lock file could not hold it for every platform. */
const PACKAGE = '@duckdb/node-api@1.5.6-r.1';

/** Fetches DuckDB into `.toolchain/bench` when it is not there. Errors: Error when the registry does not give it. */
export function ensureDuckDb(): void {
  if (existsSync(join(FETCHED, 'node_modules/@duckdb/node-api'))) return;
  mkdirSync(FETCHED, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const env = { ...process.env, PATH: `${nodeFolder}:${process.env['PATH'] ?? ''}` };
  const result = spawnSync(npm, ['install', '--prefix', FETCHED, '--no-fund', '--no-audit', '--loglevel=error', PACKAGE], {
    encoding: 'utf8',
    env,
    cwd: FETCHED,
  });
  if (result.status !== 0) throw new Error(`could not fetch ${PACKAGE}: ${result.stderr.trim()}`);
}

/** Reads a file into a table of a new database file on disk, in a process of its own. */
export async function importWithDuckDb(kind: 'json' | 'combined', file: string, database: string): Promise<ProcessRun> {
  for (const ending of ['', '.wal']) rmSync(database + ending, { force: true });
  return runProcess(process.execPath, [join(import.meta.dirname, 'duckdb-import.ts'), kind, file, database]);
}
