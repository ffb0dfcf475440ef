import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** How often memory is looked at. Units: ms; a peak shorter than this may be missed. */
const SAMPLE_EVERY = 40;

interface Sampled {
  readonly pid: number;
  readonly parent: number;
  /** Units: bytes. */
  readonly resident: number;
}

/** All processes of the machine, from `/proc`. */
function fromProc(): readonly Sampled[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    let text;
    try {
      text = readFileSync(`/proc/${name}/status`, 'utf8');
    } catch {
      // It ended between the listing and the reading: that is what processes do.
      return [];
    }
    const parent = Number(/^PPid:\s+(\d+)/m.exec(text)?.[1]);
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    return [{ pid: Number(name), parent, resident: kilobytes * 1024 }];
  });
}

/** All processes of the machine, from `ps`, where there is no `/proc`. */
function fromPs(): readonly Sampled[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, resident: kilobytes * 1024 };
    });
}

/** Resident memory of a process and all that it started, together. Units: bytes. */
export function residentOfTree(root: number): number {
  const all = existsSync('/proc/self/status') ? fromProc() : fromPs();
  const family = new Set([root]);
  // Children have higher ids than their parents nearly always; a second pass finds those that do not.
  for (let pass = 0; pass < 2; pass += 1) for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  return all.reduce((sum, { pid, resident }) => sum + (family.has(pid) ? resident : 0), 0);
}

/** Watches a process and its children until `stop`, which gives the highest sum seen. */
export function watchMemory(pid: number): { readonly stop: () => number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentOfTree(pid));
  }, SAMPLE_EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
