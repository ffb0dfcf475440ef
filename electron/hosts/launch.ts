#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './cli/place.ts';

// The command line proper is imported only once Node is known to fit: on an older one its imports would not link, and
// better-sqlite3 would end the process with a segmentation fault.
if (Number(process.versions.napi) >= 10) await import('./cli.ts');
else {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const fetched = join(packageRoot(), '.toolchain/node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(fetched)) process.exitCode = spawnSync(fetched, process.argv.slice(1), { stdio: 'inherit' }).status ?? 70;
  else {
    process.stderr.write(
      `spoor: this is Node ${process.versions.node}; spoor needs 22.15 or later. "npm start" in its folder fetches one.\n`,
    );
    process.exitCode = 70;
  }
}
