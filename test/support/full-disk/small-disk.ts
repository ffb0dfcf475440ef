import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A disk in memory that only the command sees: mount namespaces leave nothing behind, and want no rights where users may have their own. */
const MOUNT = 'mount -t tmpfs -o size="$1" none "$2" && shift 2 && exec "$@"';
const inNamespace = (bytes: number, folder: string, command: readonly string[]): readonly string[] => [
  '-rm', '--', 'sh', '-c', MOUNT, 'sh', String(bytes), folder, ...command,
]; // prettier-ignore

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'spoor-disk-'));

/** Why this machine cannot mount a small disk; `undefined` when it can. */
export function whyNoSmallDisk(): string | undefined {
  const folder = emptyFolder();
  try {
    execFileSync('unshare', inNamespace(65_536, folder, ['true']), { stdio: 'ignore', timeout: 10_000 });
    return undefined;
  } catch {
    return 'no disk of one’s own can be mounted here (unshare -rm, mount -t tmpfs)';
  } finally {
    rmdirSync(folder);
  }
}

/**
 * Runs a command that has a disk of that many bytes; the folder where it lies is its last argument.
 * Errors: Error with what the command printed, when it does not end with 0.
 */
export async function runOnSmallDisk(bytes: number, command: readonly string[]): Promise<string> {
  const folder = emptyFolder();
  try {
    const { stdout } = await promisify(execFile)('unshare', inNamespace(bytes, folder, [...command, folder]), { maxBuffer: 2 ** 24 });
    return stdout;
  } finally {
    rmdirSync(folder);
  }
}
