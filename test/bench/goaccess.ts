import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { runProcess, type ProcessRun } from './measure.ts';

const isThere = (): boolean => spawnSync('goaccess', ['--version']).status === 0;

/** True when GoAccess can be run; Debian's package is installed where that is ours to do (root). It is not on npm. */
export function ensureGoAccess(): boolean {
  if (isThere()) return true;
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { env });
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'goaccess'], { env });
  return isThere();
}

/** GoAccess's report of a combined log, as JSON. */
export const reportWithGoAccess = (log: string, report: string): Promise<ProcessRun> =>
  runProcess('goaccess', [log, '--log-format=COMBINED', '--no-global-config', '-o', report]);
