import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tells machines and containers apart that share a folder: the same number is another process there. */
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const PREFIX = `spoor-${HERE}-`;
const OWNED = new RegExp(`^${PREFIX}(\\d+)-`);

const swept = new Set<string>();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, and is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Deletes what processes of Spoor left that were killed: it may hold evidence as it came. Only our own folders, and never through a link. */
function sweep(root: string): void {
  for (const name of readdirSync(root)) {
    const [, pid] = OWNED.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(root, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true || stat.uid !== (process.getuid?.() ?? stat.uid)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * A new folder under `root` that only this user may read, for what must lie in a file for a while. Who makes it deletes it; where the process is
 * killed before, the next one that needs such a folder does.
 */
export function makeTempFolder(root: string = tmpdir()): string {
  if (!swept.has(root)) {
    swept.add(root);
    sweep(root);
  }
  return mkdtempSync(join(root, `${PREFIX}${String(process.pid)}-`));
}
